from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from ..models import Article, ArticleTag, Favorite, Follow, User


@dataclass(frozen=True)
class ArticleFilters:
    """What an article has to meet; None asks for nothing."""

    tag: str | None = None
    author: str | None = None
    favorited: str | None = None
    follower_id: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.tag is not None:
            conditions.append(Article.tags.any(ArticleTag.name == self.tag))
        if self.author is not None:
            conditions.append(Article.author.has(User.username == self.author))
        if self.favorited is not None:
            fans = select(Favorite.article_id).join(User, User.id == Favorite.user_id)
            conditions.append(Article.id.in_(fans.where(User.username == self.favorited)))
        if self.follower_id is not None:
            followed = select(Follow.followed_id).where(Follow.follower_id == self.follower_id)
            conditions.append(Article.author_id.in_(followed))
        return conditions


class ArticleRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def by_slug(self, slug: str) -> Article | None:
        return self._session.scalar(select(Article).where(Article.slug == slug))

    def has_slug(self, slug: str) -> bool:
        return bool(self._session.scalar(select(exists().where(Article.slug == slug))))

    def page(self, filters: ArticleFilters, limit: int, offset: int) -> tuple[list[Article], int]:
        """One page of the articles that meet the filters, newest first, and how many there are in all."""
        conditions = filters.conditions()
        total = self._session.scalar(select(func.count(Article.id)).where(*conditions)) or 0
        newest_first = select(Article).where(*conditions).order_by(Article.id.desc())
        return list(self._session.scalars(newest_first.limit(limit).offset(offset))), total

    def add(self, article: Article) -> Article:
        self._session.add(article)
        self._session.flush()
        return article

    def delete(self, article: Article) -> None:
        self._session.delete(article)

    def favorites_counts(self, article_ids: Iterable[int]) -> dict[int, int]:
        query = (
            select(Favorite.article_id, func.count())
            .where(Favorite.article_id.in_(set(article_ids)))
            .group_by(Favorite.article_id)
        )
        return {article_id: count for article_id, count in self._session.execute(query)}

    def favorited_by(self, user_id: int | None, article_ids: Iterable[int]) -> set[int]:
        """Those of the articles that this user has marked; a stranger has marked none."""
        if user_id is None:
            return set()
        query = select(Favorite.article_id).where(
            Favorite.user_id == user_id, Favorite.article_id.in_(set(article_ids))
        )
        return set(self._session.scalars(query))

    def favorite(self, user_id: int, article_id: int) -> None:
        if self._session.get(Favorite, (user_id, article_id)) is None:
            self._session.add(Favorite(user_id=user_id, article_id=article_id))

    def unfavorite(self, user_id: int, article_id: int) -> None:
        favorite = self._session.get(Favorite, (user_id, article_id))
        if favorite is not None:
            self._session.delete(favorite)

    def tags(self) -> list[str]:
        return list(self._session.scalars(select(ArticleTag.name).distinct().order_by(ArticleTag.name)))
