"""Keys of what the application and its requests carry."""

from aiohttp import web

from .security import Signer
from .store import Store, User

STORE = web.AppKey("store", Store)
SIGNER = web.AppKey("signer", Signer)

VIEWER = "viewer"


def viewer(request: web.Request) -> User | None:
    """The caller; None for a stranger or a bad token."""
    return request[VIEWER]


def store(request: web.Request) -> Store:
    return request.app[STORE]
