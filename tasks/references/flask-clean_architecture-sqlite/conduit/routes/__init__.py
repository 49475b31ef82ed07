"""The endpoints, one blueprint a subject."""

from flask import Blueprint, jsonify

from .articles import articles, tags
from .comments import comments
from .problems import register_error_handlers
from .profiles import profiles
from .users import users

__all__ = ["api", "register_error_handlers"]

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/health-check")
def health_check():
    return jsonify(status="ok")


for blueprint in (users, profiles, articles, comments, tags):
    api.register_blueprint(blueprint)
