from aiohttp import web

from ..keys import database
from ..security import create_token
from ..services import UserService
from ..services.results import Account
from .access import for_users
from .bodies import read_body
from .shapes import show_account

routes = web.RouteTableDef()


def answer(request: web.Request, account: Account, status: int = 200) -> web.Response:
    token = create_token(account.id)
    return web.json_response(show_account(account, token), status=status)


@routes.post("/api/users")
async def register(request: web.Request) -> web.Response:
    fields = await read_body(request, "user", required=("username", "email", "password"))
    return answer(
        request,
        await database(request).run(lambda session: UserService(session).register(**fields)),
        status=201,
    )


@routes.post("/api/users/login")
async def login(request: web.Request) -> web.Response:
    fields = await read_body(request, "user", required=("email", "password"))
    return answer(request, await database(request).run(lambda session: UserService(session).login(**fields)))


@routes.get("/api/user")
@for_users
async def current_user(request: web.Request, user: Account) -> web.Response:
    return answer(request, user)


@routes.put("/api/user")
@for_users
async def update_user(request: web.Request, user: Account) -> web.Response:
    changes = await read_body(
        request, "user", optional=("username", "email", "password"), nullable=("bio", "image")
    )
    return answer(
        request, await database(request).run(lambda session: UserService(session).update(user.id, changes))
    )
