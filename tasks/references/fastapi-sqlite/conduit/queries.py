"""The statements."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import count
from typing import Any

from .errors import forbidden, not_found, taken

Row = sqlite3.Row
Values = Mapping[str, Any]

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


class Queries:
    """Questions and changes over one connection. Who changes something does so in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Holds the database for writing from the start, so that what is read inside stays true until the end."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _all(self, statement: str, values: Values) -> list[Row]:
        return self._connection.execute(statement, values).fetchall()

    def _one(self, statement: str, values: Values) -> Row | None:
        return self._connection.execute(statement, values).fetchone()

    def _insert(self, statement: str, values: Values) -> int:
        """Returns the id of the new row."""
        return self._connection.execute(statement, values).lastrowid or 0

    def find_user(self, **criteria: Any) -> Row | None:
        """The user with these values, by columns of the table: `find_user(email="a@b.c")`."""
        condition = " AND ".join(f"{_user_column(name)} = :{name}" for name in criteria)
        return self._one(f"SELECT * FROM users WHERE {condition}", criteria)

    def require_unused(self, fields: Values, owner: int | None = None) -> None:
        """Two users have neither the name nor the address in common."""
        fields_taken = []
        for name in ("username", "email"):
            other = self.find_user(**{name: fields[name]}) if name in fields else None
            if other is not None and other["id"] != owner:
                fields_taken.append(name)
        if fields_taken:
            raise taken(fields_taken)

    def add_user(self, username: str, email: str, password_hash: str) -> int:
        values = {"username": username, "email": email, "password_hash": password_hash}
        self.require_unused(values)
        return self._insert(
            "INSERT INTO users (username, email, password_hash) VALUES (:username, :email, :password_hash)",
            values,
        )

    def update_user(self, user_id: int, changes: Values) -> None:
        if changes:
            self.require_unused(changes, owner=user_id)
            assignments = ", ".join(f"{_user_column(name)} = :{name}" for name in changes)
            self._connection.execute(
                f"UPDATE users SET {assignments} WHERE id = :id", {**changes, "id": user_id}
            )

    def profile(self, username: str, viewer: int | None) -> Row:
        """With `id` and `following`."""
        statement = f"SELECT u.id, {AUTHOR} FROM users u WHERE u.username = :username"
        user = self._one(statement, {"username": username, "viewer": viewer})
        if user is None:
            raise not_found("profile")
        return user

    def follow(self, follower: int, followed: int) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO follows (follower_id, followed_id) VALUES (?, ?)", (follower, followed)
        )

    def unfollow(self, follower: int, followed: int) -> None:
        self._connection.execute(
            "DELETE FROM follows WHERE follower_id = ? AND followed_id = ?", (follower, followed)
        )

    def find_article(self, slug: str) -> Row:
        article = self._one("SELECT * FROM articles WHERE slug = :slug", {"slug": slug})
        if article is None:
            raise not_found("article")
        return article

    def find_own_article(self, slug: str, user_id: int) -> Row:
        article = self.find_article(slug)
        if article["author_id"] != user_id:
            raise forbidden("article")
        return article

    def article(self, article_id: int, viewer: int | None) -> Row:
        """With all that an answer has."""
        values = {"id": article_id, "viewer": viewer}
        article = self._one(f"{SELECT_ARTICLE} WHERE a.id = :id", values)
        if article is None:
            raise not_found("article")
        return article

    def articles(self, filters: Values, limit: int, offset: int, viewer: int | None) -> tuple[list[Row], int]:
        """One page of the articles that meet the filters (author, tag, favorited, follower), newest first,
        and how many there are in all."""
        values = {"author": None, "tag": None, "favorited": None, "follower": None, **filters}
        total = self._one(f"SELECT count(*) AS total FROM articles a {LIST_CONDITION}", values)
        page = self._all(
            f"{SELECT_ARTICLE} {LIST_CONDITION} ORDER BY a.id DESC LIMIT :limit OFFSET :offset",
            {**values, "limit": limit, "offset": offset, "viewer": viewer},
        )
        return page, total["total"] if total else 0

    def add_article(self, author_id: int, title: str, description: str, body: str, tags: list[str]) -> int:
        """Returns the id of the new article."""
        article_id = self._insert(
            """INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
               VALUES (:slug, :title, :description, :body, :author_id, :now, :now)""",
            {
                "slug": self._free_slug(title),
                "title": title,
                "description": description,
                "body": body,
                "author_id": author_id,
                "now": _now(),
            },
        )
        self._set_tags(article_id, tags)
        return article_id

    def update_article(self, article: Row, changes: Values) -> None:
        values = {**article, **changes, "updated_at": _now()}
        if values["title"] != article["title"]:
            values["slug"] = self._free_slug(values["title"])
        tags = values.pop("tag_list", None)
        self._connection.execute(
            """UPDATE articles SET slug = :slug, title = :title, description = :description, body = :body,
                 updated_at = :updated_at WHERE id = :id""",
            values,
        )
        if tags is not None:
            self._set_tags(article["id"], tags)

    def delete_article(self, article_id: int) -> None:
        self._connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def favorite(self, user_id: int, article_id: int) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO favorites (user_id, article_id) VALUES (?, ?)", (user_id, article_id)
        )

    def unfavorite(self, user_id: int, article_id: int) -> None:
        self._connection.execute(
            "DELETE FROM favorites WHERE user_id = ? AND article_id = ?", (user_id, article_id)
        )

    def comments(self, article_id: int, viewer: int | None) -> list[Row]:
        statement = f"""SELECT c.*, {AUTHOR} FROM comments c JOIN users u ON u.id = c.author_id
                        WHERE c.article_id = :article ORDER BY c.id"""
        return self._all(statement, {"article": article_id, "viewer": viewer})

    def add_comment(self, article_id: int, author_id: int, body: str) -> Row:
        comment_id = self._insert(
            """INSERT INTO comments (article_id, author_id, body, created_at, updated_at)
               VALUES (:article, :author, :body, :now, :now)""",
            {"article": article_id, "author": author_id, "body": body, "now": _now()},
        )
        comments = self.comments(article_id, author_id)
        return next(comment for comment in comments if comment["id"] == comment_id)

    def find_own_comment(self, article_id: int, comment_id: int, user_id: int) -> Row:
        comment = self._one(
            "SELECT * FROM comments WHERE id = :id AND article_id = :article",
            {"id": comment_id, "article": article_id},
        )
        if comment is None:
            raise not_found("comment")
        if comment["author_id"] != user_id:
            raise forbidden("comment")
        return comment

    def delete_comment(self, comment_id: int) -> None:
        self._connection.execute("DELETE FROM comments WHERE id = ?", (comment_id,))

    def tags(self) -> list[str]:
        rows = self._all("SELECT DISTINCT tag FROM article_tags ORDER BY tag", {})
        return [row["tag"] for row in rows]

    def _set_tags(self, article_id: int, tags: Iterable[str]) -> None:
        self._connection.execute("DELETE FROM article_tags WHERE article_id = ?", (article_id,))
        self._connection.executemany(
            "INSERT OR IGNORE INTO article_tags (article_id, tag, position) VALUES (?, ?, ?)",
            [(article_id, tag, position) for position, tag in enumerate(tags)],
        )

    def _free_slug(self, title: str) -> str:
        """`/articles/feed` is the feed, so that no article may have this slug."""
        ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
        slug = base
        suffix = count(2)
        taken = "SELECT 1 FROM articles WHERE slug = :slug"
        while slug == "feed" or self._one(taken, {"slug": slug}) is not None:
            slug = f"{base}-{next(suffix)}"
        return slug


def _user_column(name: str) -> str:
    if name not in USER_COLUMNS:
        raise KeyError(name)
    return name


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
