from flask import Blueprint, g, jsonify

from ..database import connection
from ..services import CommentService
from .authentication import require_user, viewer_id
from .bodies import read_body
from .shapes import show_comment, show_comments

comments = Blueprint("comments", __name__, url_prefix="/articles/<slug>/comments")


@comments.get("")
def list_comments(slug: str):
    return jsonify(show_comments(CommentService(connection()).list(slug, viewer_id())))


@comments.post("")
@require_user
def create(slug: str):
    service = CommentService(connection())
    service.require_article(slug, g.user.id)
    fields = read_body("comment", required=("body",))
    return jsonify(show_comment(service.create(slug, g.user.id, fields["body"]))), 201


@comments.delete("/<int:comment_id>")
@require_user
def delete(slug: str, comment_id: int):
    CommentService(connection()).delete(slug, comment_id, g.user.id)
    return "", 204
