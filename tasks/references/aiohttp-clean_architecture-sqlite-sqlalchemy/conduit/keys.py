"""Keys of what the application and its requests carry."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from .database import SessionFactory
from .security import Signer
from .services.results import Account

SESSIONS: web.AppKey[SessionFactory] = web.AppKey("sessions")
SIGNER = web.AppKey("signer", Signer)

SESSION = "session"
VIEWER = "viewer"


def session(request: web.Request) -> AsyncSession:
    """Ends with the request."""
    return request[SESSION]


def viewer(request: web.Request) -> Account | None:
    """The caller; None for a stranger or a bad token."""
    return request[VIEWER]


def viewer_id(request: web.Request) -> int | None:
    account = viewer(request)
    return None if account is None else account.id
