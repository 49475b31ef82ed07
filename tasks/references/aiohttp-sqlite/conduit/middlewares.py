from aiohttp import web
from aiohttp.typedefs import Handler

from .errors import ApiError
from .types import DATABASE, SIGNER, VIEWER


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ApiError as error:
        return web.json_response({"errors": error.errors}, status=error.status)
    except web.HTTPError as error:
        return web.json_response({"errors": {"request": [error.reason]}}, status=error.status)


@web.middleware
async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user_id = request.app[SIGNER].read_token(token) if scheme == "Token" else None
    queries = request.app[DATABASE].queries
    request[VIEWER] = None if user_id is None else await queries.find_user(id=user_id)
    return await handler(request)
