from flask import Blueprint, g, jsonify

from ..auth import require_user
from ..errors import not_found
from ..store import User, current_store
from ..views import show_profile

profiles = Blueprint("profiles", __name__, url_prefix="/profiles/<username>")


def load(username: str) -> User:
    user = current_store().find_user(username=username)
    if user is None:
        raise not_found("profile")
    return user


@profiles.get("")
def profile(username: str):
    return jsonify(profile=show_profile(load(username), g.user))


@profiles.post("/follow")
@require_user
def follow(username: str):
    user = load(username)
    user.followers.add(g.user.id)
    return jsonify(profile=show_profile(user, g.user))


@profiles.delete("/follow")
@require_user
def unfollow(username: str):
    user = load(username)
    user.followers.discard(g.user.id)
    return jsonify(profile=show_profile(user, g.user))
