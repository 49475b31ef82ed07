from aiohttp import web

from ..keys import session, viewer_id
from ..services import ProfileService
from ..services.results import Account
from .access import for_users
from .shapes import show_profile

routes = web.RouteTableDef()


@routes.get("/api/profiles/{username}")
async def profile(request: web.Request) -> web.Response:
    service = ProfileService(session(request))
    return web.json_response(
        show_profile(await service.show(request.match_info["username"], viewer_id(request)))
    )


@routes.post("/api/profiles/{username}/follow")
@for_users
async def follow(request: web.Request, user: Account) -> web.Response:
    service = ProfileService(session(request))
    return web.json_response(show_profile(await service.follow(request.match_info["username"], user.id)))


@routes.delete("/api/profiles/{username}/follow")
@for_users
async def unfollow(request: web.Request, user: Account) -> web.Response:
    service = ProfileService(session(request))
    return web.json_response(show_profile(await service.unfollow(request.match_info["username"], user.id)))
