"""What endpoints ask for. FastAPI solves these before it looks at the body: 401, 404 and 403 come before 422."""

from typing import Annotated

from fastapi import Depends, Header, Query, Request

from .errors import forbidden, not_found, unauthorized
from .security import read_token
from .store import Article, Comment, Store, User


async def get_store(request: Request) -> Store:
    return request.app.state.store


StoreDep = Annotated[Store, Depends(get_store)]


async def get_viewer(store: StoreDep, authorization: Annotated[str, Header()] = "") -> User | None:
    """The caller; None for a stranger or a bad token."""
    scheme, _, token = authorization.partition(" ")
    user_id = read_token(token) if scheme == "Token" else None
    return None if user_id is None else store.user_by_id(user_id)


Viewer = Annotated[User | None, Depends(get_viewer)]


async def get_current_user(viewer: Viewer) -> User:
    if viewer is None:
        raise unauthorized("token", "is missing or not valid")
    return viewer


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_profile_user(username: str, store: StoreDep) -> User:
    user = store.find_user(username=username)
    if user is None:
        raise not_found("profile")
    return user


ProfileUser = Annotated[User, Depends(get_profile_user)]


async def get_article(slug: str, store: StoreDep) -> Article:
    article = store.find_article(slug)
    if article is None:
        raise not_found("article")
    return article


NamedArticle = Annotated[Article, Depends(get_article)]


async def get_own_article(user: CurrentUser, article: NamedArticle) -> Article:
    if article.author is not user:
        raise forbidden("article")
    return article


OwnArticle = Annotated[Article, Depends(get_own_article)]


async def get_own_comment(user: CurrentUser, article: NamedArticle, comment_id: int) -> Comment:
    comment = next((one for one in article.comments if one.id == comment_id), None)
    if comment is None:
        raise not_found("comment")
    if comment.author is not user:
        raise forbidden("comment")
    return comment


OwnComment = Annotated[Comment, Depends(get_own_comment)]


class Page:
    def __init__(
        self,
        limit: Annotated[int, Query(ge=1)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> None:
        self.limit = min(limit, 100)
        self.offset = offset


PageDep = Annotated[Page, Depends()]
