from aiohttp import web

from ..bodies import read_body, read_page
from ..shapes import show_article, show_list_item
from ..store import Article, User
from ..types import store, viewer
from .access import for_users, named_article, own_article

routes = web.RouteTableDef()


def answer_list(request: web.Request, found: list[Article]) -> web.Response:
    limit, offset = read_page(request)
    page = found[offset : offset + limit]
    shown = [show_list_item(article, viewer(request)) for article in page]
    return web.json_response({"articles": shown, "articlesCount": len(found)})


@routes.get("/api/articles")
async def list_articles(request: web.Request) -> web.Response:
    tag, author, favorited = (request.query.get(name) for name in ("tag", "author", "favorited"))
    fan = store(request).find_user(username=favorited) if favorited is not None else None

    def is_wanted(article: Article) -> bool:
        return (
            (tag is None or tag in article.tags)
            and (author is None or article.author.username == author)
            and (favorited is None or (fan is not None and fan.id in article.favorited_by))
        )

    return answer_list(request, store(request).articles(is_wanted))


@routes.get("/api/articles/feed")
@for_users
async def feed(request: web.Request, user: User) -> web.Response:
    return answer_list(request, store(request).articles(lambda article: user.id in article.author.followers))


@routes.post("/api/articles")
@for_users
async def create(request: web.Request, user: User) -> web.Response:
    fields = await read_body(
        request, "article", required=("title", "description", "body"), lists=("tagList",)
    )
    tags = fields.pop("tagList", [])
    article = store(request).add_article(user, **fields, tags=tags)
    return web.json_response(show_article(article, user), status=201)


@routes.get("/api/articles/{slug}")
async def read(request: web.Request) -> web.Response:
    return web.json_response(show_article(named_article(request), viewer(request)))


@routes.put("/api/articles/{slug}")
@for_users
async def update(request: web.Request, user: User) -> web.Response:
    own_article(request, user)
    changes = await read_body(
        request, "article", optional=("title", "description", "body"), lists=("tagList",)
    )
    if "tagList" in changes:
        changes["tags"] = changes.pop("tagList")
    # The body may have come long after the head: the article may be gone by now.
    article = own_article(request, user)
    store(request).update_article(article, changes)
    return web.json_response(show_article(article, user))


@routes.delete("/api/articles/{slug}")
@for_users
async def delete(request: web.Request, user: User) -> web.Response:
    store(request).delete_article(own_article(request, user))
    return web.Response(status=204)


@routes.post("/api/articles/{slug}/favorite")
@for_users
async def favorite(request: web.Request, user: User) -> web.Response:
    article = named_article(request)
    article.favorited_by.add(user.id)
    return web.json_response(show_article(article, user))


@routes.delete("/api/articles/{slug}/favorite")
@for_users
async def unfavorite(request: web.Request, user: User) -> web.Response:
    article = named_article(request)
    article.favorited_by.discard(user.id)
    return web.json_response(show_article(article, user))
