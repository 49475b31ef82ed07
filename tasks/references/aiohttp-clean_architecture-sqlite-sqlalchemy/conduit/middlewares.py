from aiohttp import web
from aiohttp.typedefs import Handler

from .keys import VIEWER, database
from .routes.problems import RequestError
from .security import read_token
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
async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user_id = read_token(token) if scheme == "Token" else None
    request[VIEWER] = None
    if user_id is not None:
        request[VIEWER] = await database(request).run(lambda session: UserService(session).find(user_id))
    return await handler(request)
