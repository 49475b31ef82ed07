import os
from collections.abc import AsyncIterator

from aiohttp import web

from .database import DEFAULT_URL, create_engine, create_schema, create_session_factory
from .keys import SESSIONS, SIGNER
from .middlewares import identify, open_session, show_errors
from .routes import add_routes
from .security import create_signer


async def open_database(app: web.Application) -> AsyncIterator[None]:
    engine = create_engine(os.environ.get("DATABASE_URL", DEFAULT_URL))
    await create_schema(engine)
    app[SESSIONS] = create_session_factory(engine)
    yield
    await engine.dispose()


def create_app() -> web.Application:
    app = web.Application(middlewares=[show_errors, open_session, identify])
    app[SIGNER] = create_signer()
    app.cleanup_ctx.append(open_database)
    add_routes(app)
    return app
