from aiohttp import web

from ..keys import database, viewer_id
from ..services import ArticleService
from ..services.results import Account
from .access import for_users
from .bodies import read_body, read_page
from .shapes import show_article, show_page

routes = web.RouteTableDef()


@routes.get("/api/articles")
async def list_articles(request: web.Request) -> web.Response:
    filters = {name: request.query.get(name) for name in ("tag", "author", "favorited")}
    page = await database(request).run(
        lambda session: ArticleService(session).search(viewer_id(request), *read_page(request), **filters)
    )
    return web.json_response(show_page(page))


@routes.get("/api/articles/feed")
@for_users
async def feed(request: web.Request, user: Account) -> web.Response:
    page = await database(request).run(
        lambda session: ArticleService(session).feed(user.id, *read_page(request))
    )
    return web.json_response(show_page(page))


@routes.post("/api/articles")
@for_users
async def create(request: web.Request, user: Account) -> web.Response:
    fields = await read_body(
        request, "article", required=("title", "description", "body"), lists=("tagList",)
    )
    tag_list = fields.pop("tagList", [])
    article = await database(request).run(
        lambda session: ArticleService(session).create(user.id, **fields, tag_list=tag_list)
    )
    return web.json_response(show_article(article), status=201)


@routes.get("/api/articles/{slug}")
async def read(request: web.Request) -> web.Response:
    article = await database(request).run(
        lambda session: ArticleService(session).show(request.match_info["slug"], viewer_id(request))
    )
    return web.json_response(show_article(article))


@routes.put("/api/articles/{slug}")
@for_users
async def update(request: web.Request, user: Account) -> web.Response:
    slug = request.match_info["slug"]
    data = database(request)
    await data.run(lambda session: ArticleService(session).require_own(slug, user.id))
    changes = await read_body(
        request, "article", optional=("title", "description", "body"), lists=("tagList",)
    )
    if "tagList" in changes:
        changes["tag_list"] = changes.pop("tagList")
    return web.json_response(
        show_article(await data.run(lambda session: ArticleService(session).update(slug, user.id, changes)))
    )


@routes.delete("/api/articles/{slug}")
@for_users
async def delete(request: web.Request, user: Account) -> web.Response:
    await database(request).run(
        lambda session: ArticleService(session).delete(request.match_info["slug"], user.id)
    )
    return web.Response(status=204)


@routes.post("/api/articles/{slug}/favorite")
@for_users
async def favorite(request: web.Request, user: Account) -> web.Response:
    article = await database(request).run(
        lambda session: ArticleService(session).favorite(request.match_info["slug"], user.id)
    )
    return web.json_response(show_article(article))


@routes.delete("/api/articles/{slug}/favorite")
@for_users
async def unfavorite(request: web.Request, user: Account) -> web.Response:
    article = await database(request).run(
        lambda session: ArticleService(session).unfavorite(request.match_info["slug"], user.id)
    )
    return web.json_response(show_article(article))


@routes.get("/api/tags")
async def list_tags(request: web.Request) -> web.Response:
    return web.json_response(
        {"tags": await database(request).run(lambda session: ArticleService(session).tags())}
    )
