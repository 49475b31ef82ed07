from typing import Any

from sqlalchemy.orm import Session

from ..database import transaction
from ..models import Article
from ..models.base import utc_now
from ..repositories import ArticleFilters, ArticleRepository, UserRepository
from .errors import ForbiddenError, NotFoundError
from .results import ArticlePage, ArticleResult, Profile
from .slugs import free_slug


class ArticleService:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._articles = ArticleRepository(session)
        self._users = UserRepository(session)

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
        return self._page(filters, viewer_id, limit, offset)

    def feed(self, viewer_id: int, limit: int, offset: int) -> ArticlePage:
        """What the users have written whom the viewer follows."""
        return self._page(ArticleFilters(follower_id=viewer_id), viewer_id, limit, offset)

    def show(self, slug: str, viewer_id: int | None) -> ArticleResult:
        return self._show([self._find(slug)], viewer_id)[0]

    def create(
        self, author_id: int, title: str, description: str, body: str, tag_list: list[str]
    ) -> ArticleResult:
        with transaction(self._session):
            now = utc_now()
            article = Article(
                slug=free_slug(title, self._articles.has_slug),
                title=title,
                description=description,
                body=body,
                author_id=author_id,
                created_at=now,
                updated_at=now,
                tag_list=tag_list,
            )
            return self._show([self._articles.add(article)], author_id)[0]

    def require_own(self, slug: str, user_id: int) -> None:
        """Only the author may change an article."""
        self._find_own(slug, user_id)

    def update(self, slug: str, user_id: int, changes: dict[str, Any]) -> ArticleResult:
        with transaction(self._session):
            article = self._find_own(slug, user_id)
            if changes.get("title", article.title) != article.title:
                article.slug = free_slug(changes["title"], self._articles.has_slug)
            for name, value in changes.items():
                setattr(article, name, value)
            article.updated_at = utc_now()
            return self._show([article], user_id)[0]

    def delete(self, slug: str, user_id: int) -> None:
        with transaction(self._session):
            self._articles.delete(self._find_own(slug, user_id))

    def favorite(self, slug: str, user_id: int) -> ArticleResult:
        with transaction(self._session):
            self._articles.favorite(user_id, self._find(slug).id)
        return self.show(slug, user_id)

    def unfavorite(self, slug: str, user_id: int) -> ArticleResult:
        with transaction(self._session):
            self._articles.unfavorite(user_id, self._find(slug).id)
        return self.show(slug, user_id)

    def tags(self) -> list[str]:
        return self._articles.tags()

    def _find(self, slug: str) -> Article:
        article = self._articles.by_slug(slug)
        if article is None:
            raise NotFoundError("article")
        return article

    def _find_own(self, slug: str, user_id: int) -> Article:
        article = self._find(slug)
        if article.author_id != user_id:
            raise ForbiddenError("article")
        return article

    def _page(self, filters: ArticleFilters, viewer_id: int | None, limit: int, offset: int) -> ArticlePage:
        articles, total = self._articles.page(filters, limit, offset)
        return ArticlePage(self._show(articles, viewer_id), total)

    def _show(self, articles: list[Article], viewer_id: int | None) -> list[ArticleResult]:
        ids = [article.id for article in articles]
        counts = self._articles.favorites_counts(ids)
        favorited = self._articles.favorited_by(viewer_id, ids)
        followed = self._users.followed_by(viewer_id, [article.author_id for article in articles])
        return [
            ArticleResult(
                slug=article.slug,
                title=article.title,
                description=article.description,
                body=article.body,
                tag_list=article.tag_list,
                created_at=article.created_at,
                updated_at=article.updated_at,
                favorited=article.id in favorited,
                favorites_count=counts.get(article.id, 0),
                author=Profile.of(article.author, followed),
            )
            for article in articles
        ]
