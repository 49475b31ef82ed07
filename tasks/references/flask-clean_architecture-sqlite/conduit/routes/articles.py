from flask import Blueprint, g, jsonify, request

from ..database import connection
from ..services import ArticleService
from .authentication import require_user, viewer_id
from .bodies import read_body, read_number
from .shapes import show_article, show_page

articles = Blueprint("articles", __name__, url_prefix="/articles")
tags = Blueprint("tags", __name__, url_prefix="/tags")


def read_page() -> dict[str, int]:
    return {
        "limit": read_number("limit", 20, least=1, most=100),
        "offset": read_number("offset", 0, least=0, most=2**31),
    }


@articles.get("")
def list_articles():
    filters = {name: request.args.get(name) for name in ("tag", "author", "favorited")}
    return jsonify(show_page(ArticleService(connection()).search(viewer_id(), **read_page(), **filters)))


@articles.get("/feed")
@require_user
def feed():
    return jsonify(show_page(ArticleService(connection()).feed(g.user.id, **read_page())))


@articles.post("")
@require_user
def create():
    fields = read_body("article", required=("title", "description", "body"), lists=("tagList",))
    tag_list = fields.pop("tagList", [])
    article = ArticleService(connection()).create(g.user.id, **fields, tag_list=tag_list)
    return jsonify(show_article(article)), 201


@articles.get("/<slug>")
def article(slug: str):
    return jsonify(show_article(ArticleService(connection()).show(slug, viewer_id())))


@articles.put("/<slug>")
@require_user
def update(slug: str):
    service = ArticleService(connection())
    service.require_own(slug, g.user.id)
    changes = read_body("article", optional=("title", "description", "body"), lists=("tagList",))
    if "tagList" in changes:
        changes["tag_list"] = changes.pop("tagList")
    return jsonify(show_article(service.update(slug, g.user.id, changes)))


@articles.delete("/<slug>")
@require_user
def delete(slug: str):
    ArticleService(connection()).delete(slug, g.user.id)
    return "", 204


@articles.post("/<slug>/favorite")
@require_user
def favorite(slug: str):
    return jsonify(show_article(ArticleService(connection()).favorite(slug, g.user.id)))


@articles.delete("/<slug>/favorite")
@require_user
def unfavorite(slug: str):
    return jsonify(show_article(ArticleService(connection()).unfavorite(slug, g.user.id)))


@tags.get("")
def list_tags():
    return jsonify(tags=ArticleService(connection()).tags())
