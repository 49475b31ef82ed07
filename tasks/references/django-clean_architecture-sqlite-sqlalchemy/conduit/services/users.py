from typing import Any

from sqlalchemy.orm import Session

from ..database import transaction
from ..models import User
from ..repositories import UserRepository
from ..security import hash_password, verify_password
from .errors import CredentialsError, NotFoundError, TakenError
from .results import Account


class UserService:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._users = UserRepository(session)

    def register(self, username: str, email: str, password: str) -> Account:
        self._require_unused(username, email)
        password_hash = hash_password(password)
        with transaction(self._session):
            self._require_unused(username, email)
            user = self._users.add(User(username=username, email=email, password_hash=password_hash))
            return Account.of(user)

    def login(self, email: str, password: str) -> Account:
        user = self._users.by_email(email)
        if user is None or not verify_password(password, user.password_hash):
            raise CredentialsError
        return Account.of(user)

    def find(self, user_id: int) -> Account | None:
        user = self._users.get(user_id)
        return None if user is None else Account.of(user)

    def update(self, user_id: int, changes: dict[str, Any]) -> Account:
        values = dict(changes)
        if "password" in values:
            values["password_hash"] = hash_password(values.pop("password"))
        with transaction(self._session):
            user = self._users.get(user_id)
            if user is None:
                raise NotFoundError("user")
            self._require_unused(values.get("username"), values.get("email"), owner_id=user_id)
            for name, value in values.items():
                setattr(user, name, value)
            return Account.of(user)

    def _require_unused(self, username: str | None, email: str | None, owner_id: int | None = None) -> None:
        """Two users have neither the name nor the address in common."""
        holders = {
            "username": None if username is None else self._users.by_username(username),
            "email": None if email is None else self._users.by_email(email),
        }
        fields = [name for name, holder in holders.items() if holder is not None and holder.id != owner_id]
        if fields:
            raise TakenError(fields)
