"""The engine, sessions in threads, and transactions that SQLite keeps apart."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from .models import Base

DEFAULT_URL = "sqlite:///conduit.db"

Result = TypeVar("Result")


class Database:
    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        self._open_session = sessionmaker(self._engine)

        @event.listens_for(self._engine, "connect")
        def configure(connection: Any, _record: Any) -> None:
            """Lets SQLAlchemy begin transactions, in place of the driver, which does so before changes only."""
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys = ON")
            # A request that has read and hashes a password must not keep others from writing.
            connection.execute("PRAGMA journal_mode = WAL")

        @event.listens_for(self._engine, "begin")
        def begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get("writes", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        Base.metadata.create_all(self._engine)

    async def run(self, work: Callable[[Session], Result]) -> Result:
        """Does the work in a thread, with a session of its own: there it may wait for the database."""

        def in_session() -> Result:
            with self._open_session() as session:
                return work(session)

        return await asyncio.to_thread(in_session)

    def close(self) -> None:
        self._engine.dispose()


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
