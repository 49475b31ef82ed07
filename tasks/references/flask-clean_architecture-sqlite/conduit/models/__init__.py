"""What is stored, as values. They know nothing of SQL, rules or the web."""

from .article import Article, ArticlePage
from .comment import Comment
from .user import Profile, User

__all__ = ["Article", "ArticlePage", "Comment", "Profile", "User"]
