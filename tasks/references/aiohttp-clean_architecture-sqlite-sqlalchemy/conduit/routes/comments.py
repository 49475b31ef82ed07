from aiohttp import web

from ..keys import database, viewer_id
from ..services import CommentService
from ..services.results import Account
from .access import for_users
from .bodies import read_body
from .shapes import show_comment, show_comments

routes = web.RouteTableDef()


@routes.get("/api/articles/{slug}/comments")
async def list_comments(request: web.Request) -> web.Response:
    data = database(request)
    comments = await data.run(
        lambda session: CommentService(session).list(request.match_info["slug"], viewer_id(request))
    )
    return web.json_response(show_comments(comments))


@routes.post("/api/articles/{slug}/comments")
@for_users
async def create(request: web.Request, user: Account) -> web.Response:
    slug = request.match_info["slug"]
    data = database(request)
    await data.run(lambda session: CommentService(session).require_article(slug))
    fields = await read_body(request, "comment", required=("body",))
    return web.json_response(
        show_comment(
            await data.run(lambda session: CommentService(session).create(slug, user.id, fields["body"]))
        ),
        status=201,
    )


@routes.delete(r"/api/articles/{slug}/comments/{id:\d+}")
@for_users
async def delete(request: web.Request, user: Account) -> web.Response:
    data = database(request)
    await data.run(
        lambda session: CommentService(session).delete(
            request.match_info["slug"], int(request.match_info["id"]), user.id
        )
    )
    return web.Response(status=204)
