from aiohttp import web

from ..bodies import read_body
from ..errors import forbidden, missing
from ..shapes import show_comment
from ..store import User
from ..types import store, viewer
from .access import for_users, named_article

routes = web.RouteTableDef()


@routes.get("/api/articles/{slug}/comments")
async def list_comments(request: web.Request) -> web.Response:
    comments = named_article(request).comments
    return web.json_response({"comments": [show_comment(comment, viewer(request)) for comment in comments]})


@routes.post("/api/articles/{slug}/comments")
@for_users
async def create(request: web.Request, user: User) -> web.Response:
    named_article(request)
    fields = await read_body(request, "comment", required=("body",))
    # The body may have come long after the head: the article may be gone by now.
    comment = store(request).add_comment(named_article(request), user, fields["body"])
    return web.json_response({"comment": show_comment(comment, user)}, status=201)


@routes.delete(r"/api/articles/{slug}/comments/{id:\d+}")
@for_users
async def delete(request: web.Request, user: User) -> web.Response:
    article = named_article(request)
    comment_id = int(request.match_info["id"])
    comment = next((one for one in article.comments if one.id == comment_id), None)
    if comment is None:
        raise missing("comment")
    if comment.author is not user:
        raise forbidden("comment")
    article.comments.remove(comment)
    return web.Response(status=204)
