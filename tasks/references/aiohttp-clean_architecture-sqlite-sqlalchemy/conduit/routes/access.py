"""Who may call."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from ..keys import viewer
from ..services.results import Account
from .problems import RequestError

View = Callable[[web.Request], Awaitable[web.Response]]
UserView = Callable[[web.Request, Account], Awaitable[web.Response]]


def for_users(view: UserView) -> View:
    """Hands the caller's account to the view; a stranger is refused."""

    @wraps(view)
    async def wrapper(request: web.Request) -> web.Response:
        account = viewer(request)
        if account is None:
            raise RequestError(401, {"token": ["is missing or not valid"]})
        return await view(request, account)

    return wrapper
