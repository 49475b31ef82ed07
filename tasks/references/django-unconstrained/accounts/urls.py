from django.urls import path

from .views import CurrentUserView, FollowView, LoginView, ProfileView, RegistrationView

urlpatterns = [
    path("users", RegistrationView.as_view()),
    path("users/login", LoginView.as_view()),
    path("user", CurrentUserView.as_view()),
    path("profiles/<str:username>", ProfileView.as_view()),
    path("profiles/<str:username>/follow", FollowView.as_view()),
]
