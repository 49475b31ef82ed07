"""What services give back: values without a session behind them."""

from dataclasses import dataclass
from datetime import datetime

from ..models import User


@dataclass(frozen=True)
class Account:
    id: int
    username: str
    email: str
    bio: str | None
    image: str | None

    @classmethod
    def of(cls, user: User) -> "Account":
        return cls(user.id, user.username, user.email, user.bio, user.image)


@dataclass(frozen=True)
class Profile:
    username: str
    bio: str | None
    image: str | None
    following: bool

    @classmethod
    def of(cls, user: User, followed: set[int]) -> "Profile":
        """`followed`: ids of users whom the viewer follows."""
        return cls(user.username, user.bio, user.image, user.id in followed)


@dataclass(frozen=True)
class ArticleResult:
    slug: str
    title: str
    description: str
    body: str
    tag_list: list[str]
    created_at: datetime
    updated_at: datetime
    favorited: bool
    favorites_count: int
    author: Profile


@dataclass(frozen=True)
class ArticlePage:
    articles: list[ArticleResult]
    articles_count: int


@dataclass(frozen=True)
class CommentResult:
    id: int
    body: str
    created_at: datetime
    updated_at: datetime
    author: Profile
