from dataclasses import dataclass
from datetime import datetime

from .user import Profile


@dataclass(frozen=True)
class Article:
    """`favorited` is about the viewer."""

    id: int
    author_id: int
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
    """`articles_count`: how many there are in all, on this page or not."""

    articles: list[Article]
    articles_count: int
