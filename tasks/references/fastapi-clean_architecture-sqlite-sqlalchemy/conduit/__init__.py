"""Conduit on FastAPI and SQLAlchemy, in four layers."""
