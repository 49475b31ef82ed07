"""Keys of what the application and its requests carry."""

import sqlite3

from aiohttp import web

from .database import Database
from .security import Signer

DATABASE = web.AppKey("database", Database)
SIGNER = web.AppKey("signer", Signer)

VIEWER = "viewer"

# A row of the table of users.
User = sqlite3.Row


def viewer(request: web.Request) -> User | None:
    """The caller; None for a stranger or a bad token."""
    return request[VIEWER]


def viewer_id(request: web.Request) -> int | None:
    user = viewer(request)
    return None if user is None else user["id"]


def database(request: web.Request) -> Database:
    return request.app[DATABASE]
