from typing import Any

from aiohttp import web

from ..bodies import read_body, read_page
from ..shapes import show_article, show_list_item
from ..types import User, database, viewer_id
from .access import for_users

routes = web.RouteTableDef()


async def answer(request: web.Request, article_id: int, status: int = 200) -> web.Response:
    article = await database(request).queries.article(article_id, viewer_id(request))
    return web.json_response(show_article(article), status=status)


async def answer_list(request: web.Request, filters: dict[str, Any]) -> web.Response:
    limit, offset = read_page(request)
    page, total = await database(request).queries.articles(filters, limit, offset, viewer_id(request))
    shown = [show_list_item(article) for article in page]
    return web.json_response({"articles": shown, "articlesCount": total})


@routes.get("/api/articles")
async def list_articles(request: web.Request) -> web.Response:
    return await answer_list(
        request, {name: request.query.get(name) for name in ("tag", "author", "favorited")}
    )


@routes.get("/api/articles/feed")
@for_users
async def feed(request: web.Request, user: User) -> web.Response:
    return await answer_list(request, {"follower": user["id"]})


@routes.post("/api/articles")
@for_users
async def create(request: web.Request, user: User) -> web.Response:
    fields = await read_body(
        request, "article", required=("title", "description", "body"), lists=("tagList",)
    )
    tags = fields.pop("tagList", [])
    async with database(request).transaction() as queries:
        article_id = await queries.add_article(user["id"], **fields, tags=tags)
    return await answer(request, article_id, status=201)


@routes.get("/api/articles/{slug}")
async def read(request: web.Request) -> web.Response:
    article = await database(request).queries.find_article(request.match_info["slug"])
    return await answer(request, article["id"])


@routes.put("/api/articles/{slug}")
@for_users
async def update(request: web.Request, user: User) -> web.Response:
    slug = request.match_info["slug"]
    await database(request).queries.find_own_article(slug, user["id"])
    changes = await read_body(
        request, "article", optional=("title", "description", "body"), lists=("tagList",)
    )
    async with database(request).transaction() as queries:
        article = await queries.find_own_article(slug, user["id"])
        await queries.update_article(article, changes)
    return await answer(request, article["id"])


@routes.delete("/api/articles/{slug}")
@for_users
async def delete(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        article = await queries.find_own_article(request.match_info["slug"], user["id"])
        await queries.delete_article(article["id"])
    return web.Response(status=204)


@routes.post("/api/articles/{slug}/favorite")
@for_users
async def favorite(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        article = await queries.find_article(request.match_info["slug"])
        await queries.favorite(user["id"], article["id"])
    return await answer(request, article["id"])


@routes.delete("/api/articles/{slug}/favorite")
@for_users
async def unfavorite(request: web.Request, user: User) -> web.Response:
    async with database(request).transaction() as queries:
        article = await queries.find_article(request.match_info["slug"])
        await queries.unfavorite(user["id"], article["id"])
    return await answer(request, article["id"])
