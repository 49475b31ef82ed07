"""What is stored as the API shows it."""

from datetime import datetime, timezone
from typing import Any

from .models import Article, Comment, User
from .tokens import create_token

Shape = dict[str, Any]


def show_user(user: User) -> Shape:
    return {
        "user": {
            "username": user.username,
            "email": user.email,
            "bio": user.bio,
            "image": user.image,
            "token": create_token(user),
        }
    }


def show_profile(user: User, following: bool) -> Shape:
    return {"username": user.username, "bio": user.bio, "image": user.image, "following": following}


def show_list_item(article: Article) -> Shape:
    """An article of `shown_to`, without its body."""
    return {
        "slug": article.slug,
        "title": article.title,
        "description": article.description,
        "tagList": [tag.name for tag in article.tags.all()],
        "createdAt": _show_time(article.created_at),
        "updatedAt": _show_time(article.updated_at),
        "favorited": article.favorited,
        "favoritesCount": article.favorites_count,
        "author": show_profile(article.author, article.author_followed),
    }


def show_article(article: Article) -> Shape:
    return {"article": {**show_list_item(article), "body": article.body}}


def show_comment(comment: Comment, followed: set[int]) -> Shape:
    """`followed`: ids of users whom the viewer follows."""
    time = _show_time(comment.created_at)
    return {
        "id": comment.pk,
        "createdAt": time,
        "updatedAt": time,
        "body": comment.body,
        "author": show_profile(comment.author, comment.author_id in followed),
    }


def _show_time(time: datetime) -> str:
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
