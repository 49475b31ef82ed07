import sqlite3
from datetime import datetime

from ..models import Comment
from .profiles import PROFILE_COLUMNS, read_profile

SELECT_COMMENT = f"SELECT c.*, {PROFILE_COLUMNS} FROM comments c JOIN users u ON u.id = c.author_id"

# The driver refuses numbers beyond.
LARGEST_ID = 2**63 - 1


class CommentRepository:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_article(self, article_id: int, viewer_id: int | None) -> list[Comment]:
        """In the order in which they were written."""
        rows = self._connection.execute(
            f"{SELECT_COMMENT} WHERE c.article_id = :article ORDER BY c.id",
            {"article": article_id, "viewer": viewer_id},
        )
        return [_read(row) for row in rows]

    def find(self, article_id: int, comment_id: int, viewer_id: int | None) -> Comment | None:
        if comment_id > LARGEST_ID:
            return None
        row = self._connection.execute(
            f"{SELECT_COMMENT} WHERE c.article_id = :article AND c.id = :id",
            {"article": article_id, "id": comment_id, "viewer": viewer_id},
        ).fetchone()
        return None if row is None else _read(row)

    def add(self, article_id: int, author_id: int, body: str, created_at: datetime) -> int:
        """Returns the id of the new comment."""
        time = created_at.isoformat()
        cursor = self._connection.execute(
            """INSERT INTO comments (article_id, author_id, body, created_at, updated_at)
               VALUES (?, ?, ?, ?, ?)""",
            (article_id, author_id, body, time, time),
        )
        return cursor.lastrowid

    def delete(self, comment_id: int) -> None:
        self._connection.execute("DELETE FROM comments WHERE id = ?", (comment_id,))


def _read(row: sqlite3.Row) -> Comment:
    return Comment(
        id=row["id"],
        author_id=row["author_id"],
        body=row["body"],
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        author=read_profile(row),
    )
