from aiohttp import web

from ..keys import database, viewer_id
from ..services import ProfileService
from ..services.results import Account
from .access import for_users
from .shapes import show_profile

routes = web.RouteTableDef()


@routes.get("/api/profiles/{username}")
async def profile(request: web.Request) -> web.Response:
    data = database(request)
    return web.json_response(
        show_profile(
            await data.run(
                lambda session: ProfileService(session).show(
                    request.match_info["username"], viewer_id(request)
                )
            )
        )
    )


@routes.post("/api/profiles/{username}/follow")
@for_users
async def follow(request: web.Request, user: Account) -> web.Response:
    data = database(request)
    return web.json_response(
        show_profile(
            await data.run(
                lambda session: ProfileService(session).follow(request.match_info["username"], user.id)
            )
        )
    )


@routes.delete("/api/profiles/{username}/follow")
@for_users
async def unfollow(request: web.Request, user: Account) -> web.Response:
    data = database(request)
    return web.json_response(
        show_profile(
            await data.run(
                lambda session: ProfileService(session).unfollow(request.match_info["username"], user.id)
            )
        )
    )
