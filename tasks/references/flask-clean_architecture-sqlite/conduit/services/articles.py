import sqlite3
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ..database import transaction
from ..models import Article, ArticlePage
from ..repositories import ArticleFilters, ArticleRepository
from .errors import ForbiddenError, NotFoundError
from .slugs import free_slug


class ArticleService:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles = ArticleRepository(connection)

    def search(
        self,
        viewer_id: int | None,
        limit: int,
        offset: int,
        tag: str | None = None,
        author: str | None = None,
        favorited: str | None = None,
    ) -> ArticlePage:
        filters = ArticleFilters(tag=tag, author=author, favorited=favorited)
        return self._articles.page(filters, limit, offset, viewer_id)

    def feed(self, viewer_id: int, limit: int, offset: int) -> ArticlePage:
        """What the users have written whom the viewer follows."""
        return self._articles.page(ArticleFilters(follower_id=viewer_id), limit, offset, viewer_id)

    def show(self, slug: str, viewer_id: int | None) -> Article:
        article = self._articles.by_slug(slug, viewer_id)
        if article is None:
            raise NotFoundError("article")
        return article

    def create(self, author_id: int, title: str, description: str, body: str, tag_list: list[str]) -> Article:
        with transaction(self._connection):
            slug = free_slug(title, self._articles.has_slug)
            now = datetime.now(timezone.utc)
            self._articles.add(author_id, slug, title, description, body, tag_list, now)
            return self.show(slug, author_id)

    def require_own(self, slug: str, user_id: int) -> None:
        """Only the author may change an article."""
        self._find_own(slug, user_id)

    def update(self, slug: str, user_id: int, changes: dict[str, Any]) -> Article:
        with transaction(self._connection):
            article = self._find_own(slug, user_id)
            changed = replace(article, **changes, updated_at=datetime.now(timezone.utc))
            if changed.title != article.title:
                changed = replace(changed, slug=free_slug(changed.title, self._articles.has_slug))
            self._articles.save(changed)
            return self.show(changed.slug, user_id)

    def delete(self, slug: str, user_id: int) -> None:
        with transaction(self._connection):
            self._articles.delete(self._find_own(slug, user_id).id)

    def favorite(self, slug: str, user_id: int) -> Article:
        with transaction(self._connection):
            self._articles.favorite(user_id, self.show(slug, user_id).id)
            return self.show(slug, user_id)

    def unfavorite(self, slug: str, user_id: int) -> Article:
        with transaction(self._connection):
            self._articles.unfavorite(user_id, self.show(slug, user_id).id)
            return self.show(slug, user_id)

    def tags(self) -> list[str]:
        return self._articles.tags()

    def _find_own(self, slug: str, user_id: int) -> Article:
        article = self.show(slug, user_id)
        if article.author_id != user_id:
            raise ForbiddenError("article")
        return article
