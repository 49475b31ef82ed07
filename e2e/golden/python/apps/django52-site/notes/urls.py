from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from . import views

urlpatterns = [
    path('', views.NoteList.as_view(), name='list'),
    path('<int:pk>/', views.NoteDetail.as_view(), name='detail'),
    path('new/', views.NoteCreate.as_view(), name='new'),
    path('api/', csrf_exempt(views.create), name='create'),
]
