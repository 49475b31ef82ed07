"""Results of services as the API shows them."""

from datetime import datetime
from typing import Any

from ..models import Article, ArticlePage, Comment, Profile, User
from ..security import create_token

Shape = dict[str, Any]


def show_account(user: User) -> Shape:
    return {
        "user": {
            "username": user.username,
            "email": user.email,
            "bio": user.bio,
            "image": user.image,
            "token": create_token(user.id),
        }
    }


def show_profile(profile: Profile) -> Shape:
    return {"profile": _person(profile)}


def show_article(article: Article) -> Shape:
    return {"article": {**_list_item(article), "body": article.body}}


def show_page(page: ArticlePage) -> Shape:
    return {
        "articles": [_list_item(article) for article in page.articles],
        "articlesCount": page.articles_count,
    }


def show_comment(comment: Comment) -> Shape:
    return {"comment": _comment(comment)}


def show_comments(comments: list[Comment]) -> Shape:
    return {"comments": [_comment(comment) for comment in comments]}


def _person(profile: Profile) -> Shape:
    return {
        "username": profile.username,
        "bio": profile.bio,
        "image": profile.image,
        "following": profile.following,
    }


def _list_item(article: Article) -> Shape:
    return {
        "slug": article.slug,
        "title": article.title,
        "description": article.description,
        "tagList": article.tag_list,
        "createdAt": _time(article.created_at),
        "updatedAt": _time(article.updated_at),
        "favorited": article.favorited,
        "favoritesCount": article.favorites_count,
        "author": _person(article.author),
    }


def _comment(comment: Comment) -> Shape:
    return {
        "id": comment.id,
        "createdAt": _time(comment.created_at),
        "updatedAt": _time(comment.updated_at),
        "body": comment.body,
        "author": _person(comment.author),
    }


def _time(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
