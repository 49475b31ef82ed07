"""Conduit on Flask, everything in memory."""

from flask import Blueprint, Flask, jsonify
from werkzeug.exceptions import HTTPException

from .auth import identify
from .errors import ApiError
from .routes.articles import articles
from .routes.comments import comments
from .routes.profiles import profiles
from .routes.users import users
from .store import Store


def create_app() -> Flask:
    app = Flask(__name__)
    app.json.sort_keys = False
    app.extensions["store"] = store = Store()

    api = Blueprint("api", __name__, url_prefix="/api")

    @api.get("/health-check")
    def health_check():
        return jsonify(status="ok")

    @api.get("/tags")
    def tags():
        return jsonify(tags=store.tags())

    for blueprint in (users, profiles, articles, comments):
        api.register_blueprint(blueprint)
    app.register_blueprint(api)

    app.before_request(identify)
    app.register_error_handler(ApiError, show_api_error)
    app.register_error_handler(HTTPException, show_http_error)
    return app


def show_api_error(error: ApiError):
    return jsonify(errors=error.errors), error.status


def show_http_error(error: HTTPException):
    return jsonify(errors={"request": [error.name]}), error.code
