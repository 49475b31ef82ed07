"""Conduit on aiohttp and SQLite."""
