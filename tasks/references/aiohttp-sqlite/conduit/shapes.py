"""Rows as the API shows them."""

import json
import sqlite3
from typing import Any

Shape = dict[str, Any]


def show_user(user: sqlite3.Row, token: str) -> Shape:
    return {
        "user": {
            "username": user["username"],
            "email": user["email"],
            "bio": user["bio"],
            "image": user["image"],
            "token": token,
        }
    }


def show_profile(row: sqlite3.Row) -> Shape:
    """Of a row with the columns of an author."""
    return {
        "username": row["username"],
        "bio": row["bio"],
        "image": row["image"],
        "following": bool(row["following"]),
    }


def show_list_item(article: sqlite3.Row) -> Shape:
    """An article as it stands in a list: without its body."""
    return {
        "slug": article["slug"],
        "title": article["title"],
        "description": article["description"],
        "tagList": json.loads(article["tags"]),
        "createdAt": article["created_at"],
        "updatedAt": article["updated_at"],
        "favorited": bool(article["favorited"]),
        "favoritesCount": article["favorites_count"],
        "author": show_profile(article),
    }


def show_article(article: sqlite3.Row) -> Shape:
    return {"article": {**show_list_item(article), "body": article["body"]}}


def show_comment(comment: sqlite3.Row) -> Shape:
    return {
        "id": comment["id"],
        "createdAt": comment["created_at"],
        "updatedAt": comment["updated_at"],
        "body": comment["body"],
        "author": show_profile(comment),
    }
