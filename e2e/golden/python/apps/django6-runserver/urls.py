from django.contrib import admin
from django.urls import path

from notes import views

urlpatterns = [
    path('admin/', admin.site.urls),
    path('', views.index, name='index'),
    path('notes/', views.notes),
    path('notes/<int:pk>/', views.note),
    path('form/', views.form),
    path('when/', views.when),
    path('boom/', views.boom),
]
handler404 = views.not_found
