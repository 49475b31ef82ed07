"""Conduit on FastAPI and SQLite."""
