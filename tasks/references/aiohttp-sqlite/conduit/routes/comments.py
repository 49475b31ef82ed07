from aiohttp import web

from ..bodies import read_body
from ..shapes import show_comment
from ..types import User, database, viewer_id
from .access import for_users

routes = web.RouteTableDef()


@routes.get("/api/articles/{slug}/comments")
async def list_comments(request: web.Request) -> web.Response:
    queries = database(request).queries
    article = await queries.find_article(request.match_info["slug"])
    comments = await queries.comments(article["id"], viewer_id(request))
    return web.json_response({"comments": [show_comment(comment) for comment in comments]})


@routes.post("/api/articles/{slug}/comments")
@for_users
async def create(request: web.Request, user: User) -> web.Response:
    slug = request.match_info["slug"]
    await database(request).queries.find_article(slug)
    fields = await read_body(request, "comment", required=("body",))
    async with database(request).transaction() as queries:
        article = await queries.find_article(slug)
        comment = await queries.add_comment(article["id"], user["id"], fields["body"])
    return web.json_response({"comment": show_comment(comment)}, status=201)


@routes.delete(r"/api/articles/{slug}/comments/{id:\d+}")
@for_users
async def delete(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        article = await queries.find_article(request.match_info["slug"])
        comment = await queries.find_own_comment(article["id"], int(request.match_info["id"]), user["id"])
        await queries.delete_comment(comment["id"])
    return web.Response(status=204)
