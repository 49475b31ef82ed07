from flask import Blueprint, g, jsonify
from werkzeug.security import check_password_hash, generate_password_hash

from ..auth import require_user
from ..errors import ApiError, invalid
from ..store import Taken, current_store
from ..validation import read_body
from ..views import show_user

users = Blueprint("users", __name__)


@users.errorhandler(Taken)
def show_taken(error: Taken):
    refused = invalid({name: ["has already been taken"] for name in error.fields})
    return jsonify(errors=refused.errors), refused.status


@users.post("/users")
def register():
    fields = read_body("user", required=("username", "email", "password"))
    store = current_store()
    store.require_unused({"username": fields["username"], "email": fields["email"]})
    password_hash = generate_password_hash(fields["password"])
    user = store.add_user(fields["username"], fields["email"], password_hash)
    return jsonify(show_user(user)), 201


@users.post("/users/login")
def login():
    fields = read_body("user", required=("email", "password"))
    user = current_store().find_user(email=fields["email"])
    if user is None or not check_password_hash(user.password_hash, fields["password"]):
        raise ApiError(401, {"credentials": ["are not valid"]})
    return jsonify(show_user(user))


@users.get("/user")
@require_user
def current_user():
    return jsonify(show_user(g.user))


@users.put("/user")
@require_user
def update_user():
    changes = read_body("user", optional=("username", "email", "password"), nullable=("bio", "image"))
    if "password" in changes:
        changes["password_hash"] = generate_password_hash(changes.pop("password"))
    current_store().update_user(g.user, changes)
    return jsonify(show_user(g.user))
