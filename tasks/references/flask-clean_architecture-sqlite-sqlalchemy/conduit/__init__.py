"""Conduit on Flask and SQLAlchemy, in four layers."""

import os

from flask import Flask

from .database import db, prepare_sqlite
from .routes import api, register_error_handlers
from .routes.authentication import identify


def create_app() -> Flask:
    app = Flask(__name__)
    app.json.sort_keys = False
    default_url = f"sqlite:///{os.path.join(os.getcwd(), 'conduit.db')}"
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", default_url)

    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine)
        db.create_all()

    app.before_request(identify)
    app.register_blueprint(api)
    register_error_handlers(app)
    return app
