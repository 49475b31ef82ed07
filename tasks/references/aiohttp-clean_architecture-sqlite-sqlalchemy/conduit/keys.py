"""Keys of what the application and its requests carry."""

from aiohttp import web

from .database import Database
from .services.results import Account

DATABASE = web.AppKey("database", Database)

VIEWER = "viewer"


def database(request: web.Request) -> Database:
    return request.app[DATABASE]


def viewer(request: web.Request) -> Account | None:
    """The caller; None for a stranger or a bad token."""
    return request[VIEWER]


def viewer_id(request: web.Request) -> int | None:
    account = viewer(request)
    return None if account is None else account.id
