from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..models import Follow, User


class UserRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: int) -> User | None:
        return await self._session.get(User, user_id)

    async def by_username(self, username: str) -> User | None:
        return await self._session.scalar(select(User).where(User.username == username))

    async def by_email(self, email: str) -> User | None:
        return await self._session.scalar(select(User).where(User.email == email))

    async def add(self, user: User) -> User:
        self._session.add(user)
        await self._session.flush()
        return user

    async def followed_by(self, follower_id: int | None, user_ids: Iterable[int]) -> set[int]:
        """Those of the users whom this one follows; a stranger follows nobody."""
        if follower_id is None:
            return set()
        query = select(Follow.followed_id).where(
            Follow.follower_id == follower_id, Follow.followed_id.in_(set(user_ids))
        )
        return set(await self._session.scalars(query))

    async def follow(self, follower_id: int, followed_id: int) -> None:
        if await self._session.get(Follow, (follower_id, followed_id)) is None:
            self._session.add(Follow(follower_id=follower_id, followed_id=followed_id))

    async def unfollow(self, follower_id: int, followed_id: int) -> None:
        follow = await self._session.get(Follow, (follower_id, followed_id))
        if follow is not None:
            await self._session.delete(follow)
