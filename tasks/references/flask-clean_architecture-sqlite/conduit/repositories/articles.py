import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime

from ..models import Article, ArticlePage
from .profiles import PROFILE_COLUMNS, read_profile

SELECT_ARTICLE = f"""
  SELECT a.*, {PROFILE_COLUMNS},
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
    AND (:follower_id IS NULL
      OR a.author_id IN (SELECT followed_id FROM follows WHERE follower_id = :follower_id))
"""


@dataclass(frozen=True)
class ArticleFilters:
    """What an article has to meet; None asks for nothing."""

    tag: str | None = None
    author: str | None = None
    favorited: str | None = None
    follower_id: int | None = None


class ArticleRepository:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_slug(self, slug: str, viewer_id: int | None) -> Article | None:
        row = self._connection.execute(
            f"{SELECT_ARTICLE} WHERE a.slug = :slug", {"slug": slug, "viewer": viewer_id}
        ).fetchone()
        return None if row is None else _read(row)

    def has_slug(self, slug: str) -> bool:
        row = self._connection.execute("SELECT 1 FROM articles WHERE slug = ?", (slug,)).fetchone()
        return row is not None

    def page(self, filters: ArticleFilters, limit: int, offset: int, viewer_id: int | None) -> ArticlePage:
        """One page of the articles that meet the filters, newest first."""
        values = asdict(filters)
        total = self._connection.execute(f"SELECT count(*) FROM articles a {LIST_CONDITION}", values)
        rows = self._connection.execute(
            f"{SELECT_ARTICLE} {LIST_CONDITION} ORDER BY a.id DESC LIMIT :limit OFFSET :offset",
            {**values, "limit": limit, "offset": offset, "viewer": viewer_id},
        )
        return ArticlePage([_read(row) for row in rows], total.fetchone()[0])

    def add(
        self,
        author_id: int,
        slug: str,
        title: str,
        description: str,
        body: str,
        tag_list: list[str],
        created_at: datetime,
    ) -> None:
        time = created_at.isoformat()
        cursor = self._connection.execute(
            """INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (slug, title, description, body, author_id, time, time),
        )
        self._add_tags(cursor.lastrowid, tag_list)

    def save(self, article: Article) -> None:
        """Writes what an author can change."""
        self._connection.execute(
            "UPDATE articles SET slug = ?, title = ?, description = ?, body = ?, updated_at = ? WHERE id = ?",
            (
                article.slug,
                article.title,
                article.description,
                article.body,
                article.updated_at.isoformat(),
                article.id,
            ),
        )
        self._connection.execute("DELETE FROM article_tags WHERE article_id = ?", (article.id,))
        self._add_tags(article.id, article.tag_list)

    def delete(self, article_id: int) -> None:
        self._connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def favorite(self, user_id: int, article_id: int) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO favorites (user_id, article_id) VALUES (?, ?)", (user_id, article_id)
        )

    def unfavorite(self, user_id: int, article_id: int) -> None:
        self._connection.execute(
            "DELETE FROM favorites WHERE user_id = ? AND article_id = ?", (user_id, article_id)
        )

    def tags(self) -> list[str]:
        rows = self._connection.execute("SELECT DISTINCT tag FROM article_tags ORDER BY tag")
        return [row["tag"] for row in rows]

    def _add_tags(self, article_id: int, tag_list: list[str]) -> None:
        """A tag that is given twice is kept where it stands first."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO article_tags (article_id, tag, position) VALUES (?, ?, ?)",
            [(article_id, tag, position) for position, tag in enumerate(tag_list)],
        )


def _read(row: sqlite3.Row) -> Article:
    return Article(
        id=row["id"],
        author_id=row["author_id"],
        slug=row["slug"],
        title=row["title"],
        description=row["description"],
        body=row["body"],
        tag_list=json.loads(row["tags"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        favorited=bool(row["favorited"]),
        favorites_count=row["favorites_count"],
        author=read_profile(row),
    )
