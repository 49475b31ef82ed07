import sqlite3

from ..database import transaction
from ..models import Profile, User
from ..repositories import UserRepository
from .errors import NotFoundError


class ProfileService:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._users = UserRepository(connection)

    def show(self, username: str, viewer_id: int | None) -> Profile:
        profile = self._users.profile(username, viewer_id)
        if profile is None:
            raise NotFoundError("profile")
        return profile

    def follow(self, username: str, viewer_id: int) -> Profile:
        with transaction(self._connection):
            self._users.follow(viewer_id, self._find(username).id)
            return self.show(username, viewer_id)

    def unfollow(self, username: str, viewer_id: int) -> Profile:
        with transaction(self._connection):
            self._users.unfollow(viewer_id, self._find(username).id)
            return self.show(username, viewer_id)

    def _find(self, username: str) -> User:
        user = self._users.by_username(username)
        if user is None:
            raise NotFoundError("profile")
        return user
