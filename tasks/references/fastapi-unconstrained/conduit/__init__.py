"""Conduit on FastAPI, everything in memory."""
