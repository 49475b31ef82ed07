"""Rows, as a reader may see them."""

import json

from . import schemas
from .queries import Row
from .security import create_token


def show_user(user: Row) -> schemas.UserResponse:
    return schemas.UserResponse(
        user=schemas.UserOut(
            username=user["username"],
            email=user["email"],
            bio=user["bio"],
            image=user["image"],
            token=create_token(user["id"]),
        )
    )


def show_profile(row: Row) -> schemas.ProfileOut:
    """Of a row with the columns of an author."""
    return schemas.ProfileOut(
        username=row["username"], bio=row["bio"], image=row["image"], following=row["following"]
    )


def show_list_item(row: Row) -> schemas.ArticleListItem:
    return schemas.ArticleListItem(
        slug=row["slug"],
        title=row["title"],
        description=row["description"],
        tag_list=json.loads(row["tags"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        favorited=row["favorited"],
        favorites_count=row["favorites_count"],
        author=show_profile(row),
    )


def show_article(row: Row) -> schemas.ArticleResponse:
    return schemas.ArticleResponse(article=schemas.ArticleOut(**dict(show_list_item(row)), body=row["body"]))


def show_comment(row: Row) -> schemas.CommentOut:
    return schemas.CommentOut(
        id=row["id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        body=row["body"],
        author=show_profile(row),
    )
