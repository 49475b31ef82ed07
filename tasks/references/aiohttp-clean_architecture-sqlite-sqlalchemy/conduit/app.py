import os
from collections.abc import AsyncIterator

from aiohttp import web

from .database import DEFAULT_URL, Database
from .keys import DATABASE
from .middlewares import identify, show_errors
from .routes import add_routes


async def open_database(app: web.Application) -> AsyncIterator[None]:
    app[DATABASE] = Database(os.environ.get("DATABASE_URL", DEFAULT_URL))
    yield
    app[DATABASE].close()


def create_app() -> web.Application:
    app = web.Application(middlewares=[show_errors, identify])
    app.cleanup_ctx.append(open_database)
    add_routes(app)
    return app
