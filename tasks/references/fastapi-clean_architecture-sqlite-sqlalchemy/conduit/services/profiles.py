from sqlalchemy.orm import Session

from ..database import transaction
from ..models import User
from ..repositories import UserRepository
from .errors import NotFoundError
from .results import Profile


class ProfileService:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._users = UserRepository(session)

    def show(self, username: str, viewer_id: int | None) -> Profile:
        user = self._find(username)
        return Profile.of(user, self._users.followed_by(viewer_id, [user.id]))

    def follow(self, username: str, viewer_id: int) -> Profile:
        with transaction(self._session):
            self._users.follow(viewer_id, self._find(username).id)
        return self.show(username, viewer_id)

    def unfollow(self, username: str, viewer_id: int) -> Profile:
        with transaction(self._session):
            self._users.unfollow(viewer_id, self._find(username).id)
        return self.show(username, viewer_id)

    def _find(self, username: str) -> User:
        user = self._users.by_username(username)
        if user is None:
            raise NotFoundError("profile")
        return user
