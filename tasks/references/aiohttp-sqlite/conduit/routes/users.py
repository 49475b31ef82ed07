from aiohttp import web

from ..bodies import read_body
from ..errors import unauthorized
from ..security import hash_password, verify_password
from ..shapes import show_user
from ..types import SIGNER, User, database
from .access import for_users

routes = web.RouteTableDef()


def answer(request: web.Request, user: User | None, status: int = 200) -> web.Response:
    if user is None:
        raise unauthorized("user", "is gone")
    return web.json_response(show_user(user, request.app[SIGNER].create_token(user["id"])), status=status)


@routes.post("/api/users")
async def register(request: web.Request) -> web.Response:
    fields = await read_body(request, "user", required=("username", "email", "password"))
    password = fields.pop("password")
    await database(request).queries.require_unused(fields)
    password_hash = await hash_password(password)
    async with database(request).transaction() as queries:
        user_id = await queries.add_user(**fields, password_hash=password_hash)
    return answer(request, await database(request).queries.find_user(id=user_id), status=201)


@routes.post("/api/users/login")
async def login(request: web.Request) -> web.Response:
    fields = await read_body(request, "user", required=("email", "password"))
    user = await database(request).queries.find_user(email=fields["email"])
    if user is None or not await verify_password(fields["password"], user["password_hash"]):
        raise unauthorized("credentials", "are not valid")
    return answer(request, user)


@routes.get("/api/user")
@for_users
async def current_user(request: web.Request, user: User) -> web.Response:
    return answer(request, user)


@routes.put("/api/user")
@for_users
async def update_user(request: web.Request, user: User) -> web.Response:
    changes = await read_body(
        request, "user", optional=("username", "email", "password"), nullable=("bio", "image")
    )
    if "password" in changes:
        changes["password_hash"] = await hash_password(changes.pop("password"))
    async with database(request).transaction() as queries:
        await queries.update_user(user["id"], changes)
    return answer(request, await database(request).queries.find_user(id=user["id"]))
