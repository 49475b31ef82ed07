"""What is done with articles in one transaction."""

import re
import unicodedata
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from .errors import forbidden, missing
from .models import Article, User


def find_article(slug: str) -> Article:
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        raise missing("article")
    return article


def find_own_article(slug: str, user: User) -> Article:
    article = find_article(slug)
    if article.author_id != user.pk:
        raise forbidden("article")
    return article


@transaction.atomic
def create_article(author: User, title: str, description: str, body: str, tags: list[str]) -> Article:
    now = timezone.now()
    article = Article.objects.create(
        slug=_free_slug(title),
        title=title,
        description=description,
        body=body,
        author=author,
        created_at=now,
        updated_at=now,
    )
    article.set_tags(tags)
    return article


@transaction.atomic
def update_article(slug: str, user: User, changes: dict[str, Any]) -> Article:
    """Reads the article anew: another request may have changed it since this one began."""
    article = find_own_article(slug, user)
    values = dict(changes)
    tags = values.pop("tagList", None)
    if values.get("title", article.title) != article.title:
        article.slug = _free_slug(values["title"])
    for name, value in values.items():
        setattr(article, name, value)
    article.updated_at = timezone.now()
    article.save()
    if tags is not None:
        article.set_tags(tags)
    return article


def _free_slug(title: str) -> str:
    """`/articles/feed` is the feed, so that no article may have this slug."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
    slug = base
    suffix = count(2)
    while slug == "feed" or Article.objects.filter(slug=slug).exists():
        slug = f"{base}-{next(suffix)}"
    return slug
