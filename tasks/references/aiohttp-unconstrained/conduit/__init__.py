"""Conduit on aiohttp, everything in memory."""
