from django import forms
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import Context, RequestContext, Template
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from .models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ['title', 'text', 'data', 'made']


@require_GET
def index(request):
    return render(request, 'notes/index.html', {'notes': Note.objects.order_by('-made')})


def notes(request):
    if request.method != 'GET':
        return HttpResponseNotAllowed(['GET'])
    query = Note.objects.order_by('title')
    if number := request.GET.get('n'):
        query = query.filter(data__n__0=int(number))
    return JsonResponse({'notes': list(query.values('id', 'title', 'data', 'made'))})


def note(request, pk):
    return JsonResponse({'title': get_object_or_404(Note, pk=pk).title})


def form(request):
    filled = NoteForm(request.POST or None)
    if request.method == 'POST' and filled.is_valid():
        filled.save()
        return redirect('index')
    page = Template('<form method="post">{% csrf_token %}{{ form.as_p }}</form>')
    return HttpResponse(page.render(RequestContext(request, {'form': filled})), status=400 if filled.is_bound else 200)


def when(request):
    made = Note.objects.order_by('made')[0].made
    with translation.override(request.GET.get('lang', 'en')):
        text = Template('{{ made|date:"DATETIME_FORMAT" }}').render(Context({'made': made}))
    return JsonResponse({'local': timezone.localtime(made).isoformat(), 'text': text})


def boom(request):
    raise RuntimeError('boom')


def not_found(request, exception):
    return JsonResponse({'error': exception.__class__.__name__, 'path': request.path}, status=404)
