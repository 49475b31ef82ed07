"""Conduit on Flask and SQLite, in four layers."""

import os

from flask import Flask

from . import database
from .routes import api, register_error_handlers
from .routes.authentication import identify


def create_app() -> Flask:
    app = Flask(__name__)
    app.json.sort_keys = False
    app.config["DATABASE_FILE"] = os.environ.get("DATABASE_FILE") or os.path.join(os.getcwd(), "conduit.db")

    app.teardown_appcontext(database.close)
    with app.app_context():
        database.create_schema()

    app.before_request(identify)
    app.register_blueprint(api)
    register_error_handlers(app)
    return app
