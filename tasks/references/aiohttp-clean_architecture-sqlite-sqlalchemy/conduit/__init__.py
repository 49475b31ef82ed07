"""Conduit on aiohttp and SQLAlchemy, in four layers."""
