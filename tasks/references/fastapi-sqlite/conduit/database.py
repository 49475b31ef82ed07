"""One connection a request."""

import sqlite3
from importlib import resources

from .settings import settings


def connect() -> sqlite3.Connection:
    """FastAPI may run the parts of one request in several threads, though one after another."""
    connection = sqlite3.connect(settings.database_file, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def create_schema() -> None:
    connection = connect()
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
        )
    finally:
        connection.close()
