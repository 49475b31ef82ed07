# install: django==5.2.19
"""What goes wrong in Django servers as models write them: settings, models, queries, views, threads and async."""
import asyncio
import json
import logging
import os
import re
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings
from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured


def attempt(label, function):
    try:
        print(label, '->', function())
    except BaseException as error:
        print(label, '!', type(error).__module__, type(error).__name__, re.sub(r'\d{6,}', 'N', str(error).split('\n')[0]))


def unconfigured():
    from django.contrib.auth import hashers
    return hashers.make_password('x')


attempt('no settings', unconfigured)
settings.configure(
    SECRET_KEY='k' * 50, ALLOWED_HOSTS=['testserver'], ROOT_URLCONF=__name__, USE_TZ=True, DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.path.join(tempfile.mkdtemp(), 'a.db')}},
    INSTALLED_APPS=['django.contrib.contenttypes', 'django.contrib.auth'], LOGGING_CONFIG=None, CACHES={'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}},
    PASSWORD_HASHERS=['django.contrib.auth.hashers.PBKDF2PasswordHasher', 'django.contrib.auth.hashers.ScryptPasswordHasher'],
    MIDDLEWARE=['django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware'], APPEND_SLASH=True,
)
logging.disable(logging.CRITICAL)


def early_model():
    from django.contrib.auth.models import User
    return User


attempt('models before setup', early_model)
django.setup()
from django import forms  # noqa: E402
from django.contrib.auth import authenticate, hashers  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, models, transaction  # noqa: E402
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse  # noqa: E402
from django.test import AsyncClient, Client  # noqa: E402
from django.urls import path, reverse  # noqa: E402

attempt('no table', lambda: User.objects.count())
call_command('migrate', verbosity=0)
attempt('table', lambda: User.objects.count())


class Article(models.Model):
    slug = models.SlugField(unique=True)
    author = models.ForeignKey(User, models.CASCADE, related_name='articles')
    data = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = 'blog'


attempt('model without app', lambda: type('M', (models.Model,), {'__module__': '__main__'}))
with connection.schema_editor() as editor:
    editor.create_model(Article)
bob = User.objects.create_user('carl' if User.objects.exists() else 'bob', 'bob@example.org', 'secret')
attempt('twice', lambda: User.objects.create_user('bob'))
attempt('no username', lambda: User.objects.create_user(''))
attempt('get none', lambda: User.objects.get(username='nobody'))
User.objects.create_user('eve', 'bob@example.org')
attempt('get many', lambda: User.objects.get(email='bob@example.org'))
attempt('field', lambda: User.objects.filter(nothing=1))
attempt('lookup', lambda: User.objects.filter(username__matches='x'))
attempt('wrong value', lambda: User.objects.filter(id='x'))
attempt('no author', lambda: Article.objects.create(slug='a'))
attempt('wrong author', lambda: Article.objects.create(slug='a', author='bob'))
article = Article.objects.create(slug='a', author=bob, data={'a': [1, None, 'é']})
attempt('same slug', lambda: Article.objects.create(slug='a', author=bob))
attempt('after error', lambda: Article.objects.count())


def broken_block():
    with transaction.atomic():
        try:
            Article.objects.create(slug='a', author=bob)
        except Exception as error:
            print('  caught', type(error).__name__)
        return Article.objects.count()


attempt('query in broken block', broken_block)
attempt('json', lambda: Article.objects.filter(data__a__0=1).values_list('data', flat=True).first())
attempt('contains', lambda: Article.objects.filter(data__contains={'a': 1}).count())
attempt('negative slice', lambda: Article.objects.all()[-1:])
attempt('unsaved relation', lambda: Article.objects.create(slug='b', author=User(username='new')))
attempt('unsaved reverse', lambda: User(username='new').articles.count())
attempt('raw', lambda: list(User.objects.raw('SELECT * FROM none')))
attempt('aggregate', lambda: Article.objects.aggregate(models.Max('id'), n=models.Count('author'))['n'])
attempt('distinct on', lambda: list(Article.objects.distinct('slug')))
attempt('select for update', lambda: list(User.objects.select_for_update().values_list('username')))
attempt('bulk', lambda: len(Article.objects.bulk_create([Article(slug=f's{i}', author=bob) for i in range(300)])))
attempt('bulk conflict', lambda: len(Article.objects.bulk_create([Article(slug='s1', author=bob), Article(slug='new', author=bob)], ignore_conflicts=True)))
attempt('many parameters', lambda: Article.objects.filter(pk__in=range(5000)).count())
attempt('protected', lambda: bob.delete()[0])
bob = User.objects.create_user('carl' if User.objects.exists() else 'bob', 'bob@example.org', 'secret')
attempt('authenticate', lambda: authenticate(username='carl', password='secret'))
attempt('authenticate wrong', lambda: authenticate(username='carl', password='wrong'))
attempt('scrypt', lambda: hashers.check_password('p', hashers.make_password('p', hasher='scrypt')))
attempt('hasher', lambda: hashers.make_password('p', hasher='argon2'))
attempt('unknown hash', lambda: hashers.check_password('p', 'none$x'))
attempt('unusable', lambda: hashers.check_password('p', hashers.make_password(None)))


def in_thread():
    with ThreadPoolExecutor(3) as pool:
        def work(i):
            try:
                return User.objects.count()
            finally:
                connections.close_all()
        return list(pool.map(work, range(3)))


attempt('threads', in_thread)


def shared():
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(connection.cursor).result()


attempt('own connection in thread', lambda: type(shared()).__name__)
held = connection


def given():
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(connections['default'].__class__.cursor, connections['default']).result()


attempt('given connection', lambda: str(given())[:0])


async def in_async():
    attempt('async query', lambda: User.objects.count())
    attempt('async iteration', lambda: list(User.objects.all()))
    print('acount', await User.objects.acount())
    print('aget', await User.objects.aget(username='carl'))
    print('async for', [u.username async for u in User.objects.order_by('id')])
    print('acreate', (await User.objects.acreate(username='async')).username)


asyncio.run(in_async())


def plain(request):
    return JsonResponse({'method': request.method, 'body': request.body.decode()})


async def awaited(request):
    await asyncio.sleep(0)
    return JsonResponse({'n': await User.objects.acount()})


def unsafe(request):
    return JsonResponse([1, 2])


def nothing(request):
    pass


async def forgotten(request):
    return JsonResponse({'n': User.objects.count()})


def unknown(request):
    return JsonResponse({'u': User.objects.first()})


def stream(request):
    return StreamingHttpResponse(str(i) for i in range(4))


class F(forms.Form):
    name = forms.CharField(max_length=3)
    age = forms.IntegerField(min_value=1)


def form(request):
    f = F(json.loads(request.body))
    return JsonResponse(f.errors if not f.is_valid() else f.cleaned_data)


urlpatterns = [path(f'{v.__name__}/', v, name=v.__name__) for v in (plain, awaited, unsafe, nothing, forgotten, unknown, stream, form)]
client = Client()
for url in ('/plain/', '/plain', '/awaited/', '/unsafe/', '/nothing/', '/forgotten/', '/unknown/', '/none/'):
    attempt(url, lambda: (lambda r: (r.status_code, r.get('Location'), r.content[:100]))(client.get(url)))
attempt('stream', lambda: client.get('/stream/').getvalue())
attempt('post without slash', lambda: client.post('/plain', {'a': 1}).status_code)
attempt('csrf', lambda: Client(enforce_csrf_checks=True).post('/plain/', {'a': 1}).status_code)
attempt('host', lambda: client.get('/plain/', headers={'host': 'elsewhere.example'}).status_code)
attempt('form', lambda: client.post('/form/', {'name': 'long', 'age': 0}, content_type='application/json').json())
attempt('form good', lambda: client.post('/form/', {'name': 'abc', 'age': '7'}, content_type='application/json').json())
attempt('reverse', lambda: reverse('plain'))
attempt('no reverse', lambda: reverse('nowhere'))
attempt('async client', lambda: asyncio.run(AsyncClient().get('/awaited/')).json())
attempt('check', lambda: call_command('check'))
attempt('unknown command', lambda: call_command('nothing'))
attempt('wrong option', lambda: call_command('migrate', nothing=True))
attempt('unknown app', lambda: call_command('migrate', 'nothing', verbosity=0))
