"""What users can do. A service decides what belongs into one transaction."""

from .articles import ArticleService
from .comments import CommentService
from .profiles import ProfileService
from .users import UserService

__all__ = ["ArticleService", "CommentService", "ProfileService", "UserService"]
