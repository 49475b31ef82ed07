from flask import Blueprint, g, jsonify

from .. import queries
from ..auth import require_user, viewer_id
from ..errors import forbidden, not_found
from ..validation import read_body
from .articles import load

comments = Blueprint("comments", __name__, url_prefix="/articles/<slug>/comments")


@comments.get("")
def list_comments(slug: str):
    return jsonify(comments=queries.list_comments(load(slug)["id"], viewer_id()))


@comments.post("")
@require_user
def create(slug: str):
    article = load(slug)
    fields = read_body("comment", required=("body",))
    return jsonify(comment=queries.add_comment(article["id"], g.user["id"], fields["body"])), 201


@comments.delete("/<int:comment_id>")
@require_user
def delete(slug: str, comment_id: int):
    article = load(slug)
    comment = queries.find_comment(article["id"], comment_id)
    if comment is None:
        raise not_found("comment")
    if comment["author_id"] != g.user["id"]:
        raise forbidden("comment")
    queries.delete_comment(comment_id)
    return "", 204
