"""The statements; rows become models. Transactions are the services' business."""

from .articles import ArticleFilters, ArticleRepository
from .comments import CommentRepository
from .users import UserRepository

__all__ = ["ArticleFilters", "ArticleRepository", "CommentRepository", "UserRepository"]
