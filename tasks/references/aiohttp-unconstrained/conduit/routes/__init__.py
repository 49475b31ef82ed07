"""The endpoints, one table of routes a subject."""

from aiohttp import web

from ..types import store
from . import articles, comments, profiles, users


async def health_check(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def list_tags(request: web.Request) -> web.Response:
    return web.json_response({"tags": store(request).tags()})


def add_routes(app: web.Application) -> None:
    app.router.add_get("/api/health-check", health_check)
    app.router.add_get("/api/tags", list_tags)
    for module in (users, profiles, articles, comments):
        app.add_routes(module.routes)
