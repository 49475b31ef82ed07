import sqlite3

from flask import Blueprint, g, jsonify
from werkzeug.security import check_password_hash, generate_password_hash

from .. import queries
from ..auth import create_token, require_user
from ..errors import ApiError
from ..validation import read_body

users = Blueprint("users", __name__)


def show_user(user: sqlite3.Row):
    shown = {name: user[name] for name in ("username", "email", "bio", "image")}
    return jsonify(user={**shown, "token": create_token(user["id"])})


@users.post("/users")
def register():
    fields = read_body("user", required=("username", "email", "password"))
    queries.require_unused(fields)
    password_hash = generate_password_hash(fields["password"])
    return show_user(queries.add_user(fields["username"], fields["email"], password_hash)), 201


@users.post("/users/login")
def login():
    fields = read_body("user", required=("email", "password"))
    user = queries.find_user(email=fields["email"])
    if user is None or not check_password_hash(user["password_hash"], fields["password"]):
        raise ApiError(401, {"credentials": ["are not valid"]})
    return show_user(user)


@users.get("/user")
@require_user
def current_user():
    return show_user(g.user)


@users.put("/user")
@require_user
def update_user():
    changes = read_body("user", optional=("username", "email", "password"), nullable=("bio", "image"))
    if "password" in changes:
        changes["password_hash"] = generate_password_hash(changes.pop("password"))
    return show_user(queries.update_user(g.user["id"], changes))
