"""What is kept, as the API shows it."""

from datetime import datetime
from typing import Any

from .store import Article, Comment, User

Shape = dict[str, Any]


def show_user(user: User, token: str) -> Shape:
    return {
        "user": {
            "username": user.username,
            "email": user.email,
            "bio": user.bio,
            "image": user.image,
            "token": token,
        }
    }


def show_profile(user: User, viewer: User | None) -> Shape:
    return {
        "username": user.username,
        "bio": user.bio,
        "image": user.image,
        "following": viewer is not None and viewer.id in user.followers,
    }


def show_list_item(article: Article, viewer: User | None) -> Shape:
    """An article as it stands in a list: without its body."""
    return {
        "slug": article.slug,
        "title": article.title,
        "description": article.description,
        "tagList": article.tags,
        "createdAt": _show_time(article.created_at),
        "updatedAt": _show_time(article.updated_at),
        "favorited": viewer is not None and viewer.id in article.favorited_by,
        "favoritesCount": len(article.favorited_by),
        "author": show_profile(article.author, viewer),
    }


def show_article(article: Article, viewer: User | None) -> Shape:
    return {"article": {**show_list_item(article, viewer), "body": article.body}}


def show_comment(comment: Comment, viewer: User | None) -> Shape:
    time = _show_time(comment.created_at)
    return {
        "id": comment.id,
        "createdAt": time,
        "updatedAt": time,
        "body": comment.body,
        "author": show_profile(comment.author, viewer),
    }


def _show_time(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
