import sqlite3
from dataclasses import asdict

from ..models import Profile, User
from .profiles import PROFILE_COLUMNS, read_profile


class UserRepository:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, user_id: int) -> User | None:
        return _read(self._connection.execute("SELECT * FROM users WHERE id = ?", (user_id,)))

    def by_username(self, username: str) -> User | None:
        return _read(self._connection.execute("SELECT * FROM users WHERE username = ?", (username,)))

    def by_email(self, email: str) -> User | None:
        return _read(self._connection.execute("SELECT * FROM users WHERE email = ?", (email,)))

    def add(self, username: str, email: str, password_hash: str) -> User:
        cursor = self._connection.execute(
            "INSERT INTO users (username, email, password_hash) VALUES (?, ?, ?)",
            (username, email, password_hash),
        )
        return User(cursor.lastrowid, username, email, password_hash, bio=None, image=None)

    def save(self, user: User) -> None:
        self._connection.execute(
            """UPDATE users SET username = :username, email = :email, password_hash = :password_hash,
                 bio = :bio, image = :image WHERE id = :id""",
            asdict(user),
        )

    def profile(self, username: str, viewer_id: int | None) -> Profile | None:
        row = self._connection.execute(
            f"SELECT {PROFILE_COLUMNS} FROM users u WHERE u.username = :username",
            {"username": username, "viewer": viewer_id},
        ).fetchone()
        return None if row is None else read_profile(row)

    def follow(self, follower_id: int, followed_id: int) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO follows (follower_id, followed_id) VALUES (?, ?)",
            (follower_id, followed_id),
        )

    def unfollow(self, follower_id: int, followed_id: int) -> None:
        self._connection.execute(
            "DELETE FROM follows WHERE follower_id = ? AND followed_id = ?", (follower_id, followed_id)
        )


def _read(cursor: sqlite3.Cursor) -> User | None:
    row = cursor.fetchone()
    return None if row is None else User(**row)
