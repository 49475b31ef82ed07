import sqlite3

from flask import Blueprint, g, jsonify

from .. import queries
from ..auth import require_user, viewer_id
from ..errors import not_found

profiles = Blueprint("profiles", __name__, url_prefix="/profiles/<username>")


def load(username: str) -> sqlite3.Row:
    user = queries.find_user(username=username)
    if user is None:
        raise not_found("profile")
    return user


@profiles.get("")
def profile(username: str):
    return jsonify(profile=queries.show_profile(load(username), viewer_id()))


@profiles.post("/follow")
@require_user
def follow(username: str):
    user = load(username)
    queries.follow(g.user["id"], user["id"])
    return jsonify(profile=queries.show_profile(user, viewer_id()))


@profiles.delete("/follow")
@require_user
def unfollow(username: str):
    user = load(username)
    queries.unfollow(g.user["id"], user["id"])
    return jsonify(profile=queries.show_profile(user, viewer_id()))
