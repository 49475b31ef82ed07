from sqlalchemy.ext.asyncio import AsyncSession

from ..database import transaction
from ..models import User
from ..repositories import UserRepository
from .errors import NotFoundError
from .results import Profile


class ProfileService:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._users = UserRepository(session)

    async def show(self, username: str, viewer_id: int | None) -> Profile:
        user = await self._find(username)
        return Profile.of(user, await self._users.followed_by(viewer_id, [user.id]))

    async def follow(self, username: str, viewer_id: int) -> Profile:
        async with transaction(self._session):
            await self._users.follow(viewer_id, (await self._find(username)).id)
        return await self.show(username, viewer_id)

    async def unfollow(self, username: str, viewer_id: int) -> Profile:
        async with transaction(self._session):
            await self._users.unfollow(viewer_id, (await self._find(username)).id)
        return await self.show(username, viewer_id)

    async def _find(self, username: str) -> User:
        user = await self._users.by_username(username)
        if user is None:
            raise NotFoundError("profile")
        return user
