from flask import Blueprint, g, jsonify

from ..database import connection
from ..services import ProfileService
from .authentication import require_user, viewer_id
from .shapes import show_profile

profiles = Blueprint("profiles", __name__, url_prefix="/profiles/<username>")


@profiles.get("")
def profile(username: str):
    return jsonify(show_profile(ProfileService(connection()).show(username, viewer_id())))


@profiles.post("/follow")
@require_user
def follow(username: str):
    return jsonify(show_profile(ProfileService(connection()).follow(username, g.user.id)))


@profiles.delete("/follow")
@require_user
def unfollow(username: str):
    return jsonify(show_profile(ProfileService(connection()).unfollow(username, g.user.id)))
