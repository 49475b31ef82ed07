from aiohttp import web
from aiohttp.typedefs import Handler

from .keys import SESSION, SESSIONS, SIGNER, VIEWER, session
from .routes.problems import RequestError
from .services import UserService
from .services.errors import (
    CredentialsError,
    ForbiddenError,
    NotFoundError,
    ServiceError,
    TakenError,
)

STATUSES: dict[type[ServiceError], int] = {
    CredentialsError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    TakenError: 422,
}


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ServiceError as error:
        return web.json_response({"errors": error.errors}, status=STATUSES[type(error)])
    except RequestError as error:
        return web.json_response({"errors": error.errors}, status=error.status)
    except web.HTTPError as error:
        return web.json_response({"errors": {"request": [error.reason]}}, status=error.status)


@web.middleware
async def open_session(request: web.Request, handler: Handler) -> web.StreamResponse:
    async with request.app[SESSIONS]() as opened:
        request[SESSION] = opened
        return await handler(request)


@web.middleware
async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user_id = request.app[SIGNER].read_token(token) if scheme == "Token" else None
    request[VIEWER] = None if user_id is None else await UserService(session(request)).find(user_id)
    return await handler(request)
