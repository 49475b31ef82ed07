"""Tables as classes. They know nothing of queries, rules or the web."""

from .article import Article, ArticleTag, Favorite
from .base import Base
from .comment import Comment
from .user import Follow, User

__all__ = ["Article", "ArticleTag", "Base", "Comment", "Favorite", "Follow", "User"]
