from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ..database import transaction
from ..models import Article
from ..models.base import utc_now
from ..repositories import ArticleFilters, ArticleRepository, UserRepository
from .errors import ForbiddenError, NotFoundError
from .results import ArticlePage, ArticleResult, Profile
from .slugs import free_slug


class ArticleService:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._articles = ArticleRepository(session)
        self._users = UserRepository(session)

    async def search(
        self,
        viewer_id: int | None,
        limit: int,
        offset: int,
        tag: str | None = None,
        author: str | None = None,
        favorited: str | None = None,
    ) -> ArticlePage:
        filters = ArticleFilters(tag=tag, author=author, favorited=favorited)
        return await self._page(filters, viewer_id, limit, offset)

    async def feed(self, viewer_id: int, limit: int, offset: int) -> ArticlePage:
        """What the users have written whom the viewer follows."""
        return await self._page(ArticleFilters(follower_id=viewer_id), viewer_id, limit, offset)

    async def show(self, slug: str, viewer_id: int | None) -> ArticleResult:
        return (await self._show([await self._find(slug)], viewer_id))[0]

    async def create(
        self, author_id: int, title: str, description: str, body: str, tag_list: list[str]
    ) -> ArticleResult:
        async with transaction(self._session):
            now = utc_now()
            article = Article(
                slug=await free_slug(title, self._articles.has_slug),
                title=title,
                description=description,
                body=body,
                author_id=author_id,
                created_at=now,
                updated_at=now,
                tag_list=tag_list,
            )
            return (await self._show([await self._articles.add(article)], author_id))[0]

    async def require_own(self, slug: str, user_id: int) -> None:
        """Only the author may change an article."""
        await self._find_own(slug, user_id)

    async def update(self, slug: str, user_id: int, changes: dict[str, Any]) -> ArticleResult:
        async with transaction(self._session):
            article = await self._find_own(slug, user_id)
            if changes.get("title", article.title) != article.title:
                article.slug = await free_slug(changes["title"], self._articles.has_slug)
            for name, value in changes.items():
                setattr(article, name, value)
            article.updated_at = utc_now()
            return (await self._show([article], user_id))[0]

    async def delete(self, slug: str, user_id: int) -> None:
        async with transaction(self._session):
            await self._articles.delete(await self._find_own(slug, user_id))

    async def favorite(self, slug: str, user_id: int) -> ArticleResult:
        async with transaction(self._session):
            await self._articles.favorite(user_id, (await self._find(slug)).id)
        return await self.show(slug, user_id)

    async def unfavorite(self, slug: str, user_id: int) -> ArticleResult:
        async with transaction(self._session):
            await self._articles.unfavorite(user_id, (await self._find(slug)).id)
        return await self.show(slug, user_id)

    async def tags(self) -> list[str]:
        return await self._articles.tags()

    async def _find(self, slug: str) -> Article:
        article = await self._articles.by_slug(slug)
        if article is None:
            raise NotFoundError("article")
        return article

    async def _find_own(self, slug: str, user_id: int) -> Article:
        article = await self._find(slug)
        if article.author_id != user_id:
            raise ForbiddenError("article")
        return article

    async def _page(
        self, filters: ArticleFilters, viewer_id: int | None, limit: int, offset: int
    ) -> ArticlePage:
        articles, total = await self._articles.page(filters, limit, offset)
        return ArticlePage(await self._show(articles, viewer_id), total)

    async def _show(self, articles: list[Article], viewer_id: int | None) -> list[ArticleResult]:
        ids = [article.id for article in articles]
        counts = await self._articles.favorites_counts(ids)
        favorited = await self._articles.favorited_by(viewer_id, ids)
        followed = await self._users.followed_by(viewer_id, [article.author_id for article in articles])
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
