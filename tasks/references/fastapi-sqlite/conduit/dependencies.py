"""What endpoints ask for. FastAPI solves these before it looks at the body: 401, 404 and 403 come before 422."""

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

from fastapi import Depends, Header, Query

from .database import connect
from .errors import unauthorized
from .queries import Queries, Row
from .security import read_token


def get_queries() -> Iterator[Queries]:
    with closing(connect()) as connection:
        yield Queries(connection)


QueriesDep = Annotated[Queries, Depends(get_queries)]


def get_viewer(queries: QueriesDep, authorization: Annotated[str, Header()] = "") -> Row | None:
    """The caller; None for a stranger or a bad token."""
    scheme, _, token = authorization.partition(" ")
    user_id = read_token(token) if scheme == "Token" else None
    return None if user_id is None else queries.find_user(id=user_id)


Viewer = Annotated[Row | None, Depends(get_viewer)]


def get_viewer_id(viewer: Viewer) -> int | None:
    return None if viewer is None else viewer["id"]


ViewerId = Annotated[int | None, Depends(get_viewer_id)]


def get_current_user(viewer: Viewer) -> Row:
    if viewer is None:
        raise unauthorized("token", "is missing or not valid")
    return viewer


CurrentUser = Annotated[Row, Depends(get_current_user)]


def require_article(_current: CurrentUser, slug: str, queries: QueriesDep) -> None:
    queries.find_article(slug)


def require_own_article(current: CurrentUser, slug: str, queries: QueriesDep) -> None:
    queries.find_own_article(slug, current["id"])


class Page:
    def __init__(
        self,
        limit: Annotated[int, Query(ge=1)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> None:
        self.limit = min(limit, 100)
        self.offset = offset


PageDep = Annotated[Page, Depends()]
