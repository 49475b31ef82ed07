from django.urls import path

from .views import (
    ArticleListView,
    ArticleView,
    CommentListView,
    CommentView,
    FavoriteView,
    FeedView,
    TagListView,
)

urlpatterns = [
    path("articles", ArticleListView.as_view()),
    path("articles/feed", FeedView.as_view()),
    path("articles/<str:slug>", ArticleView.as_view()),
    path("articles/<str:slug>/favorite", FavoriteView.as_view()),
    path("articles/<str:slug>/comments", CommentListView.as_view()),
    path("articles/<str:slug>/comments/<int:comment_id>", CommentView.as_view()),
    path("tags", TagListView.as_view()),
]
