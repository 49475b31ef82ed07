"""Results of services as the API shows them."""

from datetime import datetime
from typing import Any

from ..services.results import (
    Account,
    ArticlePage,
    ArticleResult,
    CommentResult,
    Profile,
)

Shape = dict[str, Any]


def show_account(account: Account, token: str) -> Shape:
    return {
        "user": {
            "username": account.username,
            "email": account.email,
            "bio": account.bio,
            "image": account.image,
            "token": token,
        }
    }


def show_profile(profile: Profile) -> Shape:
    return {"profile": _person(profile)}


def show_article(article: ArticleResult) -> Shape:
    return {"article": {**_list_item(article), "body": article.body}}


def show_page(page: ArticlePage) -> Shape:
    return {
        "articles": [_list_item(article) for article in page.articles],
        "articlesCount": page.articles_count,
    }


def show_comment(comment: CommentResult) -> Shape:
    return {"comment": _comment(comment)}


def show_comments(comments: list[CommentResult]) -> Shape:
    return {"comments": [_comment(comment) for comment in comments]}


def _person(profile: Profile) -> Shape:
    return {
        "username": profile.username,
        "bio": profile.bio,
        "image": profile.image,
        "following": profile.following,
    }


def _list_item(article: ArticleResult) -> Shape:
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


def _comment(comment: CommentResult) -> Shape:
    return {
        "id": comment.id,
        "createdAt": _time(comment.created_at),
        "updatedAt": _time(comment.updated_at),
        "body": comment.body,
        "author": _person(comment.author),
    }


def _time(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
