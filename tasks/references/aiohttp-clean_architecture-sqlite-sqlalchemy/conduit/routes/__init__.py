"""The endpoints, one table of routes a subject."""

from aiohttp import web

from . import articles, comments, profiles, users


async def health_check(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def add_routes(app: web.Application) -> None:
    app.router.add_get("/api/health-check", health_check)
    for module in (users, profiles, articles, comments):
        app.add_routes(module.routes)
