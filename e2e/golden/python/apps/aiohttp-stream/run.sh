exec python -m aiohttp.web -H 0.0.0.0 -P "$PORT" app:make
