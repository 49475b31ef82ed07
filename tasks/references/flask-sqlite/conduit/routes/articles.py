import sqlite3
from typing import Any

from flask import Blueprint, g, jsonify, request

from .. import queries
from ..auth import require_user, viewer_id
from ..errors import forbidden, not_found
from ..validation import read_body, read_number

articles = Blueprint("articles", __name__, url_prefix="/articles")


def load(slug: str) -> sqlite3.Row:
    article = queries.find_article(slug)
    if article is None:
        raise not_found("article")
    return article


def load_own(slug: str) -> sqlite3.Row:
    article = load(slug)
    if article["author_id"] != g.user["id"]:
        raise forbidden("article")
    return article


def show_list(filters: dict[str, Any]):
    limit = read_number("limit", 20, 1)
    offset = read_number("offset", 0, 0)
    return jsonify(queries.list_articles(filters, limit, offset, viewer_id()))


@articles.get("")
def list_articles():
    return show_list({name: request.args.get(name) for name in ("tag", "author", "favorited")})


@articles.get("/feed")
@require_user
def feed():
    return show_list({"follower": g.user["id"]})


@articles.post("")
@require_user
def create():
    fields = read_body("article", required=("title", "description", "body"), lists=("tagList",))
    tags = fields.pop("tagList", [])
    article_id = queries.add_article(g.user["id"], **fields, tags=tags)
    return jsonify(queries.show_article(article_id, viewer_id())), 201


@articles.get("/<slug>")
def article(slug: str):
    return jsonify(queries.show_article(load(slug)["id"], viewer_id()))


@articles.put("/<slug>")
@require_user
def update(slug: str):
    own = load_own(slug)
    changes = read_body("article", optional=("title", "description", "body"), lists=("tagList",))
    queries.update_article(own, changes)
    return jsonify(queries.show_article(own["id"], viewer_id()))


@articles.delete("/<slug>")
@require_user
def delete(slug: str):
    queries.delete_article(load_own(slug)["id"])
    return "", 204


@articles.post("/<slug>/favorite")
@require_user
def favorite(slug: str):
    found = load(slug)
    queries.favorite(g.user["id"], found["id"])
    return jsonify(queries.show_article(found["id"], viewer_id()))


@articles.delete("/<slug>/favorite")
@require_user
def unfavorite(slug: str):
    found = load(slug)
    queries.unfavorite(g.user["id"], found["id"])
    return jsonify(queries.show_article(found["id"], viewer_id()))
