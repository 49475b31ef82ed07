import sqlite3
from dataclasses import replace
from typing import Any

from ..database import transaction
from ..models import User
from ..repositories import UserRepository
from ..security import hash_password, verify_password
from .errors import CredentialsError, NotFoundError, TakenError


class UserService:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._users = UserRepository(connection)

    def register(self, username: str, email: str, password: str) -> User:
        self._require_unused(username, email)
        password_hash = hash_password(password)
        with transaction(self._connection):
            self._require_unused(username, email)
            return self._users.add(username, email, password_hash)

    def login(self, email: str, password: str) -> User:
        user = self._users.by_email(email)
        if user is None or not verify_password(password, user.password_hash):
            raise CredentialsError
        return user

    def find(self, user_id: int) -> User | None:
        return self._users.get(user_id)

    def update(self, user_id: int, changes: dict[str, Any]) -> User:
        values = dict(changes)
        if "password" in values:
            values["password_hash"] = hash_password(values.pop("password"))
        with transaction(self._connection):
            user = self._users.get(user_id)
            if user is None:
                raise NotFoundError("user")
            self._require_unused(values.get("username"), values.get("email"), owner_id=user_id)
            changed = replace(user, **values)
            self._users.save(changed)
            return changed

    def _require_unused(self, username: str | None, email: str | None, owner_id: int | None = None) -> None:
        """Two users have neither the name nor the address in common."""
        holders = {
            "username": None if username is None else self._users.by_username(username),
            "email": None if email is None else self._users.by_email(email),
        }
        fields = [name for name, holder in holders.items() if holder is not None and holder.id != owner_id]
        if fields:
            raise TakenError(fields)
