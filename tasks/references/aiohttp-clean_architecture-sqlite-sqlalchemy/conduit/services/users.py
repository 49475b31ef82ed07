from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ..database import transaction
from ..models import User
from ..repositories import UserRepository
from ..security import hash_password, verify_password
from .errors import CredentialsError, NotFoundError, TakenError
from .results import Account


class UserService:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._users = UserRepository(session)

    async def register(self, username: str, email: str, password: str) -> Account:
        await self._require_unused(username, email)
        password_hash = await hash_password(password)
        async with transaction(self._session):
            await self._require_unused(username, email)
            user = await self._users.add(User(username=username, email=email, password_hash=password_hash))
            return Account.of(user)

    async def login(self, email: str, password: str) -> Account:
        user = await self._users.by_email(email)
        if user is None or not await verify_password(password, user.password_hash):
            raise CredentialsError
        return Account.of(user)

    async def find(self, user_id: int) -> Account | None:
        user = await self._users.get(user_id)
        return None if user is None else Account.of(user)

    async def update(self, user_id: int, changes: dict[str, Any]) -> Account:
        values = dict(changes)
        if "password" in values:
            values["password_hash"] = await hash_password(values.pop("password"))
        async with transaction(self._session):
            user = await self._users.get(user_id)
            if user is None:
                raise NotFoundError("user")
            await self._require_unused(values.get("username"), values.get("email"), owner_id=user_id)
            for name, value in values.items():
                setattr(user, name, value)
            return Account.of(user)

    async def _require_unused(
        self, username: str | None, email: str | None, owner_id: int | None = None
    ) -> None:
        """Two users have neither the name nor the address in common."""
        holders = {
            "username": None if username is None else await self._users.by_username(username),
            "email": None if email is None else await self._users.by_email(email),
        }
        fields = [name for name, holder in holders.items() if holder is not None and holder.id != owner_id]
        if fields:
            raise TakenError(fields)
