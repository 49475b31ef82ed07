from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Follow, User


class UserRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, user_id: int) -> User | None:
        return self._session.get(User, user_id)

    def by_username(self, username: str) -> User | None:
        return self._session.scalar(select(User).where(User.username == username))

    def by_email(self, email: str) -> User | None:
        return self._session.scalar(select(User).where(User.email == email))

    def add(self, user: User) -> User:
        self._session.add(user)
        self._session.flush()
        return user

    def followed_by(self, follower_id: int | None, user_ids: Iterable[int]) -> set[int]:
        """Those of the users whom this one follows; a stranger follows nobody."""
        if follower_id is None:
            return set()
        query = select(Follow.followed_id).where(
            Follow.follower_id == follower_id, Follow.followed_id.in_(set(user_ids))
        )
        return set(self._session.scalars(query))

    def follow(self, follower_id: int, followed_id: int) -> None:
        if self._session.get(Follow, (follower_id, followed_id)) is None:
            self._session.add(Follow(follower_id=follower_id, followed_id=followed_id))

    def unfollow(self, follower_id: int, followed_id: int) -> None:
        follow = self._session.get(Follow, (follower_id, followed_id))
        if follow is not None:
            self._session.delete(follow)
