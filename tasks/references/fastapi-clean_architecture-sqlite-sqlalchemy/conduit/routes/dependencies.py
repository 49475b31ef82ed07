"""What endpoints ask for. FastAPI solves these before it looks at the body: 401, 404 and 403 come before 422."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Header, Query
from sqlalchemy.orm import Session

from ..database import SessionLocal
from ..security import read_token
from ..services import ArticleService, CommentService, ProfileService, UserService
from ..services.results import Account
from .problems import UnauthorizedError


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def get_users(session: SessionDep) -> UserService:
    return UserService(session)


def get_profiles(session: SessionDep) -> ProfileService:
    return ProfileService(session)


def get_articles(session: SessionDep) -> ArticleService:
    return ArticleService(session)


def get_comments(session: SessionDep) -> CommentService:
    return CommentService(session)


Users = Annotated[UserService, Depends(get_users)]
Profiles = Annotated[ProfileService, Depends(get_profiles)]
Articles = Annotated[ArticleService, Depends(get_articles)]
Comments = Annotated[CommentService, Depends(get_comments)]


def get_viewer(users: Users, authorization: Annotated[str, Header()] = "") -> Account | None:
    """The caller; None for a stranger or a bad token."""
    scheme, _, token = authorization.partition(" ")
    user_id = read_token(token) if scheme == "Token" else None
    return None if user_id is None else users.find(user_id)


Viewer = Annotated[Account | None, Depends(get_viewer)]


def get_viewer_id(viewer: Viewer) -> int | None:
    return None if viewer is None else viewer.id


def get_current_user(viewer: Viewer) -> Account:
    if viewer is None:
        raise UnauthorizedError
    return viewer


ViewerId = Annotated[int | None, Depends(get_viewer_id)]
CurrentUser = Annotated[Account, Depends(get_current_user)]


def require_own_article(current: CurrentUser, slug: str, articles: Articles) -> None:
    articles.require_own(slug, current.id)


def require_article(_current: CurrentUser, slug: str, comments: Comments) -> None:
    comments.require_article(slug)


class Page:
    def __init__(
        self,
        limit: Annotated[int, Query(ge=1)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> None:
        self.limit = min(limit, 100)
        self.offset = offset


PageDep = Annotated[Page, Depends()]
