from django.contrib import admin
from django.urls import include, path, re_path, register_converter

from notes import views


class YearConverter:
    regex = '[0-9]{4}'

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f'{value:04d}'


register_converter(YearConverter, 'year')

urlpatterns = [
    path('', views.home, name='home'),
    path('admin/', admin.site.urls),
    path('notes/', include(('notes.urls', 'notes'))),
    path('year/<year:year>/<slug:slug>/', views.archive, name='archive'),
    re_path(r'^re/(?P<letters>[a-c]+)/$', views.letters),
    path('fail/', views.fail),
    path('json/', views.as_json),
    path('stream/', views.stream),
    path('cookies/', views.cookies),
    path('async/', views.later),
    path('login/', views.sign_in),
    path('me/', views.me),
    path('upload/', views.upload),
    path('large/', views.large),
    path('translated/', views.translated),
    path('query/', views.query),
]
handler404 = 'notes.views.missing'
