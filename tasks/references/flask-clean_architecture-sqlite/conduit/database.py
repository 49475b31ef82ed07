"""One connection a request: SQLite's connections belong to the thread that opened them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from flask import current_app, g


def connection() -> sqlite3.Connection:
    """The connection of the current request, opened when it is first asked for.

    The driver begins no transactions of its own: a statement outside of `transaction` stands alone.
    """
    if "connection" not in g:
        opened = sqlite3.connect(current_app.config["DATABASE_FILE"], isolation_level=None)
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA foreign_keys = ON")
        g.connection = opened
    return g.connection


@contextmanager
def transaction(opened: sqlite3.Connection) -> Iterator[None]:
    """Holds the database for writing from the start, so that what is read inside stays true until the end."""
    opened.execute("BEGIN IMMEDIATE")
    with opened:
        yield


def close(_error: BaseException | None = None) -> None:
    opened = g.pop("connection", None)
    if opened is not None:
        opened.close()


def create_schema() -> None:
    schema = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    connection().executescript(schema)
