import asyncio
import datetime
import json
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, connection, transaction
from django.db.models import Avg, Count, F, Q, Sum, Value
from django.db.models.functions import Concat, Upper
from django.http import Http404, HttpResponse, HttpResponseGone, JsonResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, DetailView, ListView

from .forms import NoteForm
from .models import Note, Tag


def home(request):
    return HttpResponse(f'home {reverse("archive", args=[2024, "a-b"])} {request.get_full_path()}')


def archive(request, year, slug):
    return JsonResponse({'year': year, 'slug': slug, 'view': request.resolver_match.view_name})


def letters(request, letters):
    return HttpResponse(letters, content_type='text/plain', status=203, headers={'X-Letters': len(letters)})


def missing(request, exception):
    return HttpResponse(f'nothing at {request.path}', status=404)


def fail(request):
    kind = request.GET.get('kind')
    if kind == 'denied':
        raise PermissionDenied('no')
    if kind == 'suspicious':
        raise SuspiciousOperation('odd')
    if kind == '404':
        raise Http404('not here')
    if kind == 'gone':
        return HttpResponseGone('gone')
    if kind == 'none':
        return None
    if kind == 'reverse':
        try:
            reverse('no-such-view', args=[1])
        except NoReverseMatch as error:
            return HttpResponse(str(error))
    raise RuntimeError('unhandled')


def as_json(request):
    moment = datetime.datetime(2024, 7, 1, 12, 0, 0, 123456, tzinfo=datetime.timezone.utc)
    return JsonResponse(
        {
            'decimal': Decimal('1.10'),
            'moment': moment,
            'local': timezone.localtime(moment).isoformat(),
            'date': datetime.date(2024, 1, 2),
            'delta': datetime.timedelta(days=1, seconds=2),
            'text': 'é<',
        },
        json_dumps_params={'indent': 1},
    )


def stream(request):
    return StreamingHttpResponse((f'{number};' for number in range(4)), content_type='text/plain')


def cookies(request):
    response = JsonResponse({'seen': dict(request.COOKIES)})
    response.set_cookie('plain', 'a b', max_age=30, samesite='Lax')
    response.set_signed_cookie('signed', 'v', salt='s')
    response.delete_cookie('old')
    return response


async def later(request):
    await asyncio.sleep(0.001)
    names = [note.title async for note in Note.objects.order_by('pk')]
    first = await Note.objects.aget(pk=1)
    try:
        Note.objects.count()
        error = None
    except Exception as caught:
        error = f'{type(caught).__name__}: {caught}'
    return JsonResponse({'names': names, 'first': str(first), 'count': await Note.objects.acount(), 'error': error})


@csrf_exempt
@require_http_methods(['POST'])
def sign_in(request):
    user = authenticate(request, username=request.POST.get('name'), password=request.POST.get('password'))
    if user is None:
        return JsonResponse({'error': 'no'}, status=401)
    login(request, user)
    return JsonResponse({'user': user.username, 'staff': user.is_staff})


@login_required(login_url='/login/')
def me(request):
    return JsonResponse({'user': request.user.username, 'perm': request.user.has_perm('notes.add_note')})


@csrf_exempt
def upload(request):
    told = {name: [file.name, file.content_type, file.size, file.read().decode()] for name, file in request.FILES.items()}
    return JsonResponse({'files': told, 'post': dict(request.POST.lists())})


def large(request):
    return HttpResponse('large ' * 200, content_type='text/plain')


def translated(request):
    return HttpResponse(f'{gettext("Yes")} {gettext("This field is required.")} {request.LANGUAGE_CODE}')


def query(request):
    notes = Note.objects.annotate(tag_count=Count('tags'), loud=Upper('title'), label=Concat('title', Value('!')))
    told = {
        'values': list(notes.values_list('title', 'tag_count', 'loud', 'label')),
        'filtered': [str(note) for note in Note.objects.filter(Q(stars__gte=3) | Q(title__istartswith='b')).exclude(text='x')],
        'aggregate': Note.objects.aggregate(Sum('stars'), mean=Avg('stars')),
        'sql': str(Note.objects.filter(tags__name='red').select_related(None).only('title').query),
        'starred': Note.objects.starred().exists(),
        'tags': [[str(tag), [str(note) for note in tag.notes.all()]] for tag in Tag.objects.prefetch_related('notes').order_by('pk')],
        'vendor': connection.vendor,
    }
    Note.objects.filter(pk=1).update(stars=F('stars') + 1)
    told['after'] = Note.objects.get(pk=1).stars
    try:
        with transaction.atomic():
            Note.objects.create(title='Alpha')
    except IntegrityError as error:
        told['integrity'] = str(error)
    try:
        Note.objects.get(stars__gt=100)
    except Note.DoesNotExist as error:
        told['missing'] = str(error)
    return JsonResponse(told)


class NoteList(ListView):
    model = Note
    paginate_by = 1


class NoteDetail(DetailView):
    model = Note


class NoteCreate(CreateView):
    model = Note
    form_class = NoteForm
    success_url = '/notes/new/'

    def form_valid(self, form):
        messages.success(self.request, f'made {form.instance.title}')
        return super().form_valid(form)


def create(request):
    try:
        data = json.loads(request.body)
    except json.JSONDecodeError as error:
        return JsonResponse({'error': str(error)}, status=400)
    form = NoteForm(data)
    if not form.is_valid():
        return JsonResponse({'errors': json.loads(form.errors.as_json())}, status=422)
    note = form.save()
    return JsonResponse({'id': note.pk, 'price': note.price, 'due': note.due}, status=201)
