"""A whole Django site in one file, on ASGI, with asynchronous views, ORM and middleware."""

import asyncio
import sys
import threading

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management import execute_from_command_line
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.utils.decorators import sync_and_async_middleware

if not settings.configured:
    settings.configure(
        DEBUG=False,
        TIME_ZONE='UTC',
        SECRET_KEY='golden-secret-key-golden-secret-key-golden-secret',
        ALLOWED_HOSTS=['*'],
        ROOT_URLCONF='site_app',
        INSTALLED_APPS=['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.sessions'],
        MIDDLEWARE=[
            'site_app.stamp',
            'django.contrib.sessions.middleware.SessionMiddleware',
            'django.middleware.common.CommonMiddleware',
            'django.contrib.auth.middleware.AuthenticationMiddleware',
            'django.middleware.gzip.GZipMiddleware',
        ],
        DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'site.sqlite3'}},
        DEFAULT_AUTO_FIELD='django.db.models.AutoField',
        PASSWORD_HASHERS=['django.contrib.auth.hashers.PBKDF2PasswordHasher'],
        SESSION_ENGINE='django.contrib.sessions.backends.signed_cookies',
    )
    django.setup()

from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth import authenticate, get_user_model


@sync_and_async_middleware
def stamp(get_response):
    if asyncio.iscoroutinefunction(get_response):

        async def middleware(request):
            response = await get_response(request)
            response['X-Mode'] = 'async'
            return response

    else:

        def middleware(request):
            response = get_response(request)
            response['X-Mode'] = 'sync'
            return response

    return middleware


async def index(request):
    return JsonResponse({'path': request.path, 'query': dict(request.GET), 'scheme': request.scheme})


async def users(request):
    model = get_user_model()
    if request.method == 'POST':
        user = await sync_to_async(model.objects.create_user)(request.POST['name'], password=request.POST['password'])
        return JsonResponse({'id': user.pk}, status=201)
    names = [user.username async for user in model.objects.order_by('username')]
    return JsonResponse({'names': names, 'count': await model.objects.acount()})


async def user(request, pk):
    model = get_user_model()
    try:
        found = await model.objects.aget(pk=pk)
    except model.DoesNotExist as error:
        return JsonResponse({'error': str(error)}, status=404)
    return JsonResponse({'name': found.username, 'usable': found.has_usable_password()})


def login(request):
    user = authenticate(request, username=request.POST.get('name'), password=request.POST.get('password'))
    if user is None:
        return HttpResponse('no', status=403)
    request.session['name'] = user.username
    return HttpResponse('yes')


async def visits(request):
    request.session['visits'] = request.session.get('visits', 0) + 1
    return JsonResponse({'visits': request.session['visits']})


async def together(request):
    async def step(number):
        await asyncio.sleep(0.01 * (3 - number))
        return number

    return JsonResponse({'steps': await asyncio.gather(*(step(number) for number in range(3)))})


async def stream(request):
    async def parts():
        for number in range(3):
            yield f'part {number}\n'
            await asyncio.sleep(0.005)

    return StreamingHttpResponse(parts(), content_type='text/plain')


def blocking(request):
    async def inner():
        await asyncio.sleep(0)
        return 'inner'

    return JsonResponse({'inner': async_to_sync(inner)(), 'main': threading.current_thread() is threading.main_thread()})


async def upload(request):
    file = request.FILES['file']
    return JsonResponse({'name': file.name, 'size': file.size, 'type': file.content_type, 'text': file.read().decode()})


def download(request):
    return FileResponse(open(__file__, 'rb'), as_attachment=True, filename='site.txt', content_type='text/plain')


async def long_text(request):
    return HttpResponse('a long text ' * 200)


async def boom(request):
    raise ValueError('boom')


urlpatterns = [
    path('', index),
    path('users', users),
    path('users/<int:pk>', user),
    path('login', login),
    path('visits', visits),
    path('together', together),
    path('stream', stream),
    path('blocking', blocking),
    path('upload', upload),
    path('download', download),
    path('long', long_text),
    path('boom', boom),
]

application = get_asgi_application()

if __name__ == '__main__':
    execute_from_command_line(sys.argv)
