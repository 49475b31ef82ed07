from django.urls import path

from .articles import ArticleListView, ArticleView, FavoriteView, FeedView, TagListView
from .comments import CommentListView, CommentView
from .common import health_check
from .profiles import FollowView, ProfileView
from .users import CurrentUserView, LoginView, RegistrationView

urlpatterns = [
    path("health-check", health_check),
    path("users", RegistrationView.as_view()),
    path("users/login", LoginView.as_view()),
    path("user", CurrentUserView.as_view()),
    path("profiles/<str:username>", ProfileView.as_view()),
    path("profiles/<str:username>/follow", FollowView.as_view()),
    path("articles", ArticleListView.as_view()),
    path("articles/feed", FeedView.as_view()),
    path("articles/<str:slug>", ArticleView.as_view()),
    path("articles/<str:slug>/favorite", FavoriteView.as_view()),
    path("articles/<str:slug>/comments", CommentListView.as_view()),
    path("articles/<str:slug>/comments/<int:comment_id>", CommentView.as_view()),
    path("tags", TagListView.as_view()),
]
