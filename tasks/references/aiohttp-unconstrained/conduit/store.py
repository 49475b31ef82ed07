"""Users, articles and comments in memory. Only the event loop comes here, and no method gives way in between."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import count
from typing import Any

from .errors import taken


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(eq=False)
class User:
    id: int
    username: str
    email: str
    password_hash: str
    bio: str | None = None
    image: str | None = None
    followers: set[int] = field(default_factory=set)


@dataclass(eq=False)
class Comment:
    id: int
    body: str
    author: User
    created_at: datetime = field(default_factory=_now)


@dataclass(eq=False)
class Article:
    id: int
    slug: str
    title: str
    description: str
    body: str
    tags: list[str]
    author: User
    created_at: datetime = field(default_factory=_now)
    updated_at: datetime = field(init=False)
    favorited_by: set[int] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.updated_at = self.created_at


class Store:
    def __init__(self) -> None:
        self._ids = count(1)
        self._users: dict[int, User] = {}
        self._articles: dict[str, Article] = {}

    def add_user(self, username: str, email: str, password_hash: str) -> User:
        self.require_unused({"username": username, "email": email})
        user = User(next(self._ids), username, email, password_hash)
        self._users[user.id] = user
        return user

    def require_unused(self, values: dict[str, Any], owner: User | None = None) -> None:
        """Two users have neither the name nor the address in common."""
        fields = [
            name
            for name in ("username", "email")
            if name in values and self.find_user(**{name: values[name]}) not in (None, owner)
        ]
        if fields:
            raise taken(fields)

    def update_user(self, user: User, changes: dict[str, Any]) -> None:
        self.require_unused(changes, owner=user)
        for name, value in changes.items():
            setattr(user, name, value)

    def user_by_id(self, user_id: int) -> User | None:
        return self._users.get(user_id)

    def find_user(self, **criteria: str) -> User | None:
        for user in self._users.values():
            if all(getattr(user, name) == value for name, value in criteria.items()):
                return user
        return None

    def add_article(self, author: User, title: str, description: str, body: str, tags: list[str]) -> Article:
        slug = self._free_slug(title)
        article = Article(next(self._ids), slug, title, description, body, _without_repeats(tags), author)
        self._articles[slug] = article
        return article

    def update_article(self, article: Article, changes: dict[str, Any]) -> None:
        del self._articles[article.slug]
        if changes.get("title", article.title) != article.title:
            article.slug = self._free_slug(changes["title"])
        for name, value in changes.items():
            setattr(article, name, _without_repeats(value) if name == "tags" else value)
        article.updated_at = _now()
        self._articles[article.slug] = article

    def delete_article(self, article: Article) -> None:
        del self._articles[article.slug]

    def find_article(self, slug: str) -> Article | None:
        return self._articles.get(slug)

    def articles(self, condition: Callable[[Article], bool]) -> list[Article]:
        """Those that meet the condition, newest first."""
        found = [article for article in self._articles.values() if condition(article)]
        return sorted(found, key=lambda article: article.id, reverse=True)

    def add_comment(self, article: Article, author: User, body: str) -> Comment:
        comment = Comment(next(self._ids), body, author)
        article.comments.append(comment)
        return comment

    def tags(self) -> list[str]:
        return sorted({tag for article in self._articles.values() for tag in article.tags})

    def _free_slug(self, title: str) -> str:
        """`/articles/feed` is the feed, so that no article may have this slug."""
        ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
        slug = base
        suffix = count(2)
        while slug == "feed" or slug in self._articles:
            slug = f"{base}-{next(suffix)}"
        return slug


def _without_repeats(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))
