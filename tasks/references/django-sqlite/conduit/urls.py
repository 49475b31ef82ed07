from django.urls import path

from . import views

urlpatterns = [
    path("health-check", views.health_check),
    path("users", views.RegistrationView.as_view()),
    path("users/login", views.LoginView.as_view()),
    path("user", views.CurrentUserView.as_view()),
    path("profiles/<str:username>", views.ProfileView.as_view()),
    path("profiles/<str:username>/follow", views.FollowView.as_view()),
    path("articles", views.ArticleListView.as_view()),
    path("articles/feed", views.FeedView.as_view()),
    path("articles/<str:slug>", views.ArticleView.as_view()),
    path("articles/<str:slug>/favorite", views.FavoriteView.as_view()),
    path("articles/<str:slug>/comments", views.CommentListView.as_view()),
    path("articles/<str:slug>/comments/<int:comment_id>", views.CommentView.as_view()),
    path("tags", views.TagListView.as_view()),
]
