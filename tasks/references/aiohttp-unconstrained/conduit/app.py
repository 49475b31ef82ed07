from aiohttp import web

from .middlewares import identify, show_errors
from .routes import add_routes
from .security import create_signer
from .store import Store
from .types import SIGNER, STORE


def create_app() -> web.Application:
    app = web.Application(middlewares=[show_errors, identify])
    app[STORE] = Store()
    app[SIGNER] = create_signer()
    add_routes(app)
    return app
