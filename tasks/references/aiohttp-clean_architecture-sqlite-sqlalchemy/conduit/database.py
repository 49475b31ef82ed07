"""The engine, and transactions that SQLite keeps apart, on asyncio."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from .models import Base

DEFAULT_URL = "sqlite+aiosqlite:///conduit.db"

SessionFactory = async_sessionmaker[AsyncSession]


def create_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        """Lets SQLAlchemy begin transactions, in place of the driver, which does so before changes only."""
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def create_session_factory(engine: AsyncEngine) -> SessionFactory:
    return async_sessionmaker(engine, expire_on_commit=False)


async def create_schema(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


@asynccontextmanager
async def transaction(session: AsyncSession) -> AsyncIterator[None]:
    """Holds the database for writing from the start, so that what is read inside stays true until the end.

    What the session has read before is given up, and read anew.
    """
    await session.rollback()
    await session.connection(execution_options={"writes": True})
    try:
        yield
        await session.commit()
    except BaseException:
        await session.rollback()
        raise
