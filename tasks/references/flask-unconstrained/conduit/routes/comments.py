from flask import Blueprint, g, jsonify

from ..auth import require_user
from ..errors import forbidden, not_found
from ..store import current_store
from ..validation import read_body
from ..views import show_comment
from .articles import load

comments = Blueprint("comments", __name__, url_prefix="/articles/<slug>/comments")


@comments.get("")
def list_comments(slug: str):
    return jsonify(comments=[show_comment(comment, g.user) for comment in load(slug).comments])


@comments.post("")
@require_user
def create(slug: str):
    article = load(slug)
    fields = read_body("comment", required=("body",))
    comment = current_store().add_comment(article, g.user, fields["body"])
    return jsonify(comment=show_comment(comment, g.user)), 201


@comments.delete("/<int:comment_id>")
@require_user
def delete(slug: str, comment_id: int):
    article = load(slug)
    comment = next((one for one in article.comments if one.id == comment_id), None)
    if comment is None:
        raise not_found("comment")
    if comment.author is not g.user:
        raise forbidden("comment")
    article.comments.remove(comment)
    return "", 204
