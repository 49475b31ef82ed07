"""The engine, and transactions that SQLite keeps apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from .models import Base
from .settings import settings

engine = create_engine(settings.database_url)
SessionLocal = sessionmaker(engine)


@event.listens_for(engine, "connect")
def configure(connection: Any, _record: Any) -> None:
    """Lets SQLAlchemy begin transactions, in place of the driver, which does so before changes only."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # A request that has read and hashes a password must not keep others from writing.
    connection.execute("PRAGMA journal_mode = WAL")


@event.listens_for(engine, "begin")
def begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Holds the database for writing from the start, so that what is read inside stays true until the end.

    What the session has read before is given up, and read anew.
    """
    session.rollback()
    session.connection(execution_options={"writes": True})
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def create_schema() -> None:
    Base.metadata.create_all(engine)
