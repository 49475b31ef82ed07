import os
from collections.abc import AsyncIterator

from aiohttp import web

from .database import Database
from .middlewares import identify, show_errors
from .routes import add_routes
from .security import create_signer
from .types import DATABASE, SIGNER


async def open_database(app: web.Application) -> AsyncIterator[None]:
    app[DATABASE] = await Database.open(os.environ.get("DATABASE_FILE", "conduit.db"))
    yield
    await app[DATABASE].close()


def create_app() -> web.Application:
    app = web.Application(middlewares=[show_errors, identify])
    app[SIGNER] = create_signer()
    app.cleanup_ctx.append(open_database)
    add_routes(app)
    return app
