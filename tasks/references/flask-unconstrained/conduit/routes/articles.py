from flask import Blueprint, g, jsonify, request

from ..auth import require_user
from ..errors import forbidden, not_found
from ..store import Article, current_store
from ..validation import read_body, read_number
from ..views import show_article, show_list_item

articles = Blueprint("articles", __name__, url_prefix="/articles")


def load(slug: str) -> Article:
    article = current_store().find_article(slug)
    if article is None:
        raise not_found("article")
    return article


def load_own(slug: str) -> Article:
    article = load(slug)
    if article.author is not g.user:
        raise forbidden("article")
    return article


def show_list(found: list[Article]):
    limit = read_number("limit", 20, 1)
    offset = read_number("offset", 0, 0)
    page = found[offset : offset + limit]
    return jsonify(articles=[show_list_item(article, g.user) for article in page], articlesCount=len(found))


@articles.get("")
def list_articles():
    tag, author, favorited = (request.args.get(name) for name in ("tag", "author", "favorited"))
    fan = current_store().find_user(username=favorited) if favorited is not None else None

    def is_wanted(article: Article) -> bool:
        return (
            (tag is None or tag in article.tags)
            and (author is None or article.author.username == author)
            and (favorited is None or (fan is not None and fan.id in article.favorited_by))
        )

    return show_list(current_store().articles(is_wanted))


@articles.get("/feed")
@require_user
def feed():
    return show_list(current_store().articles(lambda article: g.user.id in article.author.followers))


@articles.post("")
@require_user
def create():
    fields = read_body("article", required=("title", "description", "body"), lists=("tagList",))
    tags = fields.pop("tagList", [])
    article = current_store().add_article(g.user, **fields, tags=tags)
    return jsonify(show_article(article, g.user)), 201


@articles.get("/<slug>")
def article(slug: str):
    return jsonify(show_article(load(slug), g.user))


@articles.put("/<slug>")
@require_user
def update(slug: str):
    own = load_own(slug)
    changes = read_body("article", optional=("title", "description", "body"), lists=("tagList",))
    if "tagList" in changes:
        changes["tags"] = list(dict.fromkeys(changes.pop("tagList")))
    current_store().update_article(own, changes)
    return jsonify(show_article(own, g.user))


@articles.delete("/<slug>")
@require_user
def delete(slug: str):
    current_store().delete_article(load_own(slug))
    return "", 204


@articles.post("/<slug>/favorite")
@require_user
def favorite(slug: str):
    found = load(slug)
    found.favorited_by.add(g.user.id)
    return jsonify(show_article(found, g.user))


@articles.delete("/<slug>/favorite")
@require_user
def unfavorite(slug: str):
    found = load(slug)
    found.favorited_by.discard(g.user.id)
    return jsonify(show_article(found, g.user))
