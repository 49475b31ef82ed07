"""The endpoints."""

from .articles import ArticleListView, ArticleView, FavoriteView, FeedView, TagListView
from .comments import CommentListView, CommentView
from .common import health_check, not_found, server_error
from .profiles import FollowView, ProfileView
from .users import CurrentUserView, LoginView, RegistrationView

__all__ = [
    "ArticleListView",
    "ArticleView",
    "CommentListView",
    "CommentView",
    "CurrentUserView",
    "FavoriteView",
    "FeedView",
    "FollowView",
    "LoginView",
    "ProfileView",
    "RegistrationView",
    "TagListView",
    "health_check",
    "not_found",
    "server_error",
]
