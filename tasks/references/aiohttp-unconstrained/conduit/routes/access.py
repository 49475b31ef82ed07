"""Who may call, and what a path names."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from ..errors import forbidden, missing, unauthorized
from ..store import Article, User
from ..types import store, viewer

View = Callable[[web.Request], Awaitable[web.Response]]
UserView = Callable[[web.Request, User], Awaitable[web.Response]]


def for_users(view: UserView) -> View:
    """Hands the caller to the view; a stranger is refused."""

    @wraps(view)
    async def wrapper(request: web.Request) -> web.Response:
        user = viewer(request)
        if user is None:
            raise unauthorized("token", "is missing or not valid")
        return await view(request, user)

    return wrapper


def named_profile(request: web.Request) -> User:
    user = store(request).find_user(username=request.match_info["username"])
    if user is None:
        raise missing("profile")
    return user


def named_article(request: web.Request) -> Article:
    article = store(request).find_article(request.match_info["slug"])
    if article is None:
        raise missing("article")
    return article


def own_article(request: web.Request, user: User) -> Article:
    article = named_article(request)
    if article.author is not user:
        raise forbidden("article")
    return article
