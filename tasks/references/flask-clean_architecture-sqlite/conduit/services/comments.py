import sqlite3
from datetime import datetime, timezone

from ..database import transaction
from ..models import Article, Comment
from ..repositories import ArticleRepository, CommentRepository
from .errors import ForbiddenError, NotFoundError


class CommentService:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles = ArticleRepository(connection)
        self._comments = CommentRepository(connection)

    def list(self, slug: str, viewer_id: int | None) -> list[Comment]:
        return self._comments.of_article(self._find_article(slug, viewer_id).id, viewer_id)

    def require_article(self, slug: str, viewer_id: int) -> None:
        """What is written below an article that is not there is refused, whatever it is."""
        self._find_article(slug, viewer_id)

    def create(self, slug: str, author_id: int, body: str) -> Comment:
        with transaction(self._connection):
            article = self._find_article(slug, author_id)
            comment_id = self._comments.add(article.id, author_id, body, datetime.now(timezone.utc))
            return self._find(article, comment_id, author_id)

    def delete(self, slug: str, comment_id: int, user_id: int) -> None:
        with transaction(self._connection):
            comment = self._find(self._find_article(slug, user_id), comment_id, user_id)
            if comment.author_id != user_id:
                raise ForbiddenError("comment")
            self._comments.delete(comment.id)

    def _find_article(self, slug: str, viewer_id: int | None) -> Article:
        article = self._articles.by_slug(slug, viewer_id)
        if article is None:
            raise NotFoundError("article")
        return article

    def _find(self, article: Article, comment_id: int, viewer_id: int) -> Comment:
        comment = self._comments.find(article.id, comment_id, viewer_id)
        if comment is None:
            raise NotFoundError("comment")
        return comment
