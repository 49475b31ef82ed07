"""Questions about stored data and changes of them. Transactions are the services' business."""

from .articles import ArticleFilters, ArticleRepository
from .comments import CommentRepository
from .users import UserRepository

__all__ = ["ArticleFilters", "ArticleRepository", "CommentRepository", "UserRepository"]
