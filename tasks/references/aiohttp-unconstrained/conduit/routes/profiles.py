from aiohttp import web

from ..shapes import show_profile
from ..store import User
from ..types import viewer
from .access import for_users, named_profile

routes = web.RouteTableDef()


@routes.get("/api/profiles/{username}")
async def profile(request: web.Request) -> web.Response:
    return web.json_response({"profile": show_profile(named_profile(request), viewer(request))})


@routes.post("/api/profiles/{username}/follow")
@for_users
async def follow(request: web.Request, user: User) -> web.Response:
    followed = named_profile(request)
    followed.followers.add(user.id)
    return web.json_response({"profile": show_profile(followed, user)})


@routes.delete("/api/profiles/{username}/follow")
@for_users
async def unfollow(request: web.Request, user: User) -> web.Response:
    followed = named_profile(request)
    followed.followers.discard(user.id)
    return web.json_response({"profile": show_profile(followed, user)})
