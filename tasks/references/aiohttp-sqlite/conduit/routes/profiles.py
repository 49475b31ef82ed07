from aiohttp import web

from ..shapes import show_profile
from ..types import User, database, viewer_id
from .access import for_users

routes = web.RouteTableDef()


async def answer(request: web.Request) -> web.Response:
    row = await database(request).queries.profile(request.match_info["username"], viewer_id(request))
    return web.json_response({"profile": show_profile(row)})


@routes.get("/api/profiles/{username}")
async def profile(request: web.Request) -> web.Response:
    return await answer(request)


@routes.post("/api/profiles/{username}/follow")
@for_users
async def follow(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        followed = await queries.profile(request.match_info["username"], user["id"])
        await queries.follow(user["id"], followed["id"])
    return await answer(request)


@routes.delete("/api/profiles/{username}/follow")
@for_users
async def unfollow(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        followed = await queries.profile(request.match_info["username"], user["id"])
        await queries.unfollow(user["id"], followed["id"])
    return await answer(request)
