"""Who may call."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from ..errors import unauthorized
from ..types import User, viewer

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
