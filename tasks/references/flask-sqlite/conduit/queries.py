"""The statements. Rows go out as the API shows them, but for users, whose rows hold their secrets."""

import json
import re
import sqlite3
import unicodedata
from datetime import datetime, timezone
from itertools import count
from typing import Any

from .database import connection, transaction
from .errors import invalid, not_found

Shown = dict[str, Any]

USER_COLUMNS = ("id", "username", "email", "password_hash", "bio", "image")

AUTHOR = """
  u.username, u.bio, u.image,
  EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = u.id AND w.follower_id = :viewer) AS following
"""

SELECT_ARTICLE = f"""
  SELECT a.*, {AUTHOR},
    (SELECT json_group_array(tag)
       FROM (SELECT tag FROM article_tags WHERE article_id = a.id ORDER BY position)) AS tags,
    (SELECT count(*) FROM favorites f WHERE f.article_id = a.id) AS favorites_count,
    EXISTS (SELECT 1 FROM favorites f WHERE f.article_id = a.id AND f.user_id = :viewer) AS favorited
  FROM articles a JOIN users u ON u.id = a.author_id
"""

# A parameter that is null asks for nothing.
LIST_CONDITION = """
  WHERE (:author IS NULL OR a.author_id = (SELECT id FROM users WHERE username = :author))
    AND (:tag IS NULL OR a.id IN (SELECT article_id FROM article_tags WHERE tag = :tag))
    AND (:favorited IS NULL OR a.id IN (
      SELECT article_id FROM favorites JOIN users ON users.id = user_id WHERE username = :favorited))
    AND (:follower IS NULL OR a.author_id IN (SELECT followed_id FROM follows WHERE follower_id = :follower))
"""


def find_user(**criteria: Any) -> sqlite3.Row | None:
    """The user with these values, by columns of the table: `find_user(email="a@b.c")`."""
    condition = " AND ".join(f"{_user_column(name)} = :{name}" for name in criteria)
    return connection().execute(f"SELECT * FROM users WHERE {condition}", criteria).fetchone()


def require_unused(fields: dict[str, Any], owner: int | None = None) -> None:
    """Two users have neither the name nor the address in common."""
    errors = {}
    for name in ("username", "email"):
        other = find_user(**{name: fields[name]}) if name in fields else None
        if other is not None and other["id"] != owner:
            errors[name] = ["has already been taken"]
    if errors:
        raise invalid(errors)


def add_user(username: str, email: str, password_hash: str) -> sqlite3.Row:
    with transaction() as db:
        require_unused({"username": username, "email": email})
        cursor = db.execute(
            "INSERT INTO users (username, email, password_hash) VALUES (?, ?, ?)",
            (username, email, password_hash),
        )
    return find_user(id=cursor.lastrowid)


def update_user(user_id: int, changes: dict[str, Any]) -> sqlite3.Row:
    if changes:
        assignments = ", ".join(f"{_user_column(name)} = :{name}" for name in changes)
        with transaction() as db:
            require_unused(changes, owner=user_id)
            db.execute(f"UPDATE users SET {assignments} WHERE id = :id", {**changes, "id": user_id})
    return find_user(id=user_id)


def _user_column(name: str) -> str:
    if name not in USER_COLUMNS:
        raise KeyError(name)
    return name


def show_profile(user: sqlite3.Row, viewer: int | None) -> Shown:
    query = f"SELECT {AUTHOR} FROM users u WHERE u.id = :id"
    return _show_author(connection().execute(query, {"id": user["id"], "viewer": viewer}).fetchone())


def follow(follower: int, followed: int) -> None:
    with transaction() as db:
        db.execute("INSERT OR IGNORE INTO follows (follower_id, followed_id) VALUES (?, ?)", (follower, followed))


def unfollow(follower: int, followed: int) -> None:
    with transaction() as db:
        db.execute("DELETE FROM follows WHERE follower_id = ? AND followed_id = ?", (follower, followed))


def find_article(slug: str) -> sqlite3.Row | None:
    return connection().execute("SELECT * FROM articles WHERE slug = ?", (slug,)).fetchone()


def show_article(article_id: int, viewer: int | None) -> Shown:
    query = f"{SELECT_ARTICLE} WHERE a.id = :id"
    row = connection().execute(query, {"id": article_id, "viewer": viewer}).fetchone()
    return {"article": {**_show_list_item(row), "body": row["body"]}}


def list_articles(filters: dict[str, Any], limit: int, offset: int, viewer: int | None) -> Shown:
    """One page of the articles that meet the filters (author, tag, favorited, follower), newest first."""
    values = {"author": None, "tag": None, "favorited": None, "follower": None, **filters}
    total = connection().execute(f"SELECT count(*) FROM articles a {LIST_CONDITION}", values).fetchone()[0]
    rows = connection().execute(
        f"{SELECT_ARTICLE} {LIST_CONDITION} ORDER BY a.created_at DESC, a.id DESC LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset, "viewer": viewer},
    )
    return {"articles": [_show_list_item(row) for row in rows], "articlesCount": total}


def add_article(author_id: int, title: str, description: str, body: str, tags: list[str]) -> int:
    """Returns the id of the new article."""
    with transaction() as db:
        now = _now()
        cursor = db.execute(
            """INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (_free_slug(title), title, description, body, author_id, now, now),
        )
        _set_tags(cursor.lastrowid, tags)
    return cursor.lastrowid


def update_article(article: sqlite3.Row, changes: dict[str, Any]) -> None:
    """Reads the article anew: another request may have changed it since this one began."""
    with transaction() as db:
        current = db.execute("SELECT * FROM articles WHERE id = ?", (article["id"],)).fetchone()
        if current is None:
            raise not_found("article")
        values = {**current, **changes, "updated_at": _now()}
        if values["title"] != current["title"]:
            values["slug"] = _free_slug(values["title"])
        db.execute(
            """UPDATE articles SET slug = :slug, title = :title, description = :description, body = :body,
                 updated_at = :updated_at WHERE id = :id""",
            values,
        )
        if "tagList" in changes:
            _set_tags(article["id"], changes["tagList"])


def delete_article(article_id: int) -> None:
    with transaction() as db:
        db.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def favorite(user_id: int, article_id: int) -> None:
    with transaction() as db:
        db.execute("INSERT OR IGNORE INTO favorites (user_id, article_id) VALUES (?, ?)", (user_id, article_id))


def unfavorite(user_id: int, article_id: int) -> None:
    with transaction() as db:
        db.execute("DELETE FROM favorites WHERE user_id = ? AND article_id = ?", (user_id, article_id))


def list_comments(article_id: int, viewer: int | None) -> list[Shown]:
    query = f"""SELECT c.*, {AUTHOR} FROM comments c JOIN users u ON u.id = c.author_id
                WHERE c.article_id = :article ORDER BY c.id"""
    rows = connection().execute(query, {"article": article_id, "viewer": viewer})
    return [_show_comment(row) for row in rows]


def add_comment(article_id: int, author_id: int, body: str) -> Shown:
    with transaction() as db:
        now = _now()
        cursor = db.execute(
            "INSERT INTO comments (article_id, author_id, body, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (article_id, author_id, body, now, now),
        )
    comments = list_comments(article_id, author_id)
    return next(comment for comment in comments if comment["id"] == cursor.lastrowid)


def find_comment(article_id: int, comment_id: int) -> sqlite3.Row | None:
    query = "SELECT * FROM comments WHERE id = ? AND article_id = ?"
    return connection().execute(query, (comment_id, article_id)).fetchone()


def delete_comment(comment_id: int) -> None:
    with transaction() as db:
        db.execute("DELETE FROM comments WHERE id = ?", (comment_id,))


def list_tags() -> list[str]:
    return [row["tag"] for row in connection().execute("SELECT DISTINCT tag FROM article_tags ORDER BY tag")]


def _set_tags(article_id: int, tags: list[str]) -> None:
    connection().execute("DELETE FROM article_tags WHERE article_id = ?", (article_id,))
    connection().executemany(
        "INSERT OR IGNORE INTO article_tags (article_id, tag, position) VALUES (?, ?, ?)",
        [(article_id, tag, position) for position, tag in enumerate(tags)],
    )


def _free_slug(title: str) -> str:
    """`/articles/feed` is the feed, so that no article may have this slug."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
    slug = base
    suffix = count(2)
    while slug == "feed" or find_article(slug) is not None:
        slug = f"{base}-{next(suffix)}"
    return slug


def _show_author(row: sqlite3.Row) -> Shown:
    return {
        "username": row["username"],
        "bio": row["bio"],
        "image": row["image"],
        "following": bool(row["following"]),
    }


def _show_list_item(row: sqlite3.Row) -> Shown:
    return {
        "slug": row["slug"],
        "title": row["title"],
        "description": row["description"],
        "tagList": json.loads(row["tags"]),
        "createdAt": row["created_at"],
        "updatedAt": row["updated_at"],
        "favorited": bool(row["favorited"]),
        "favoritesCount": row["favorites_count"],
        "author": _show_author(row),
    }


def _show_comment(row: sqlite3.Row) -> Shown:
    return {
        "id": row["id"],
        "createdAt": row["created_at"],
        "updatedAt": row["updated_at"],
        "body": row["body"],
        "author": _show_author(row),
    }


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
