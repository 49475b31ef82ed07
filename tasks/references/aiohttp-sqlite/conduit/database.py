"""One connection that reads and one that writes; with a write-ahead log neither waits for the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

import aiosqlite

from .queries import Queries


async def _connect(path: str) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    connection.row_factory = aiosqlite.Row
    await connection.execute("PRAGMA foreign_keys = ON")
    return connection


class Database:
    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection) -> None:
        self._reader = reader
        self._writer = writer
        self._writing = asyncio.Lock()
        self.queries = Queries(reader)

    @classmethod
    async def open(cls, path: str) -> "Database":
        writer = await _connect(path)
        await writer.execute("PRAGMA journal_mode = WAL")
        await writer.executescript(
            resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
        )
        return cls(await _connect(path), writer)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Queries]:
        """One at a time: what is read inside stays true until the end."""
        async with self._writing:
            await self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield Queries(self._writer)
                await self._writer.execute("COMMIT")
            except BaseException:
                await self._writer.execute("ROLLBACK")
                raise

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()
