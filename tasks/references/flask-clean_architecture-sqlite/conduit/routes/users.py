from flask import Blueprint, g, jsonify

from ..database import connection
from ..services import UserService
from .authentication import require_user
from .bodies import read_body
from .shapes import show_account

users = Blueprint("users", __name__)


@users.post("/users")
def register():
    fields = read_body("user", required=("username", "email", "password"))
    return jsonify(show_account(UserService(connection()).register(**fields))), 201


@users.post("/users/login")
def login():
    fields = read_body("user", required=("email", "password"))
    return jsonify(show_account(UserService(connection()).login(**fields)))


@users.get("/user")
@require_user
def current_user():
    return jsonify(show_account(g.user))


@users.put("/user")
@require_user
def update_user():
    changes = read_body("user", optional=("username", "email", "password"), nullable=("bio", "image"))
    return jsonify(show_account(UserService(connection()).update(g.user.id, changes)))
