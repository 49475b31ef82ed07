# Written by hand. Flaw: the handler of the login makes its answer and does not return it.
from aiohttp import web

routes = web.RouteTableDef()
users = []


def answer(user, status=200):
    shown = {name: user[name] for name in ("username", "email")}
    return web.json_response({"user": {**shown, "token": "token", "bio": None, "image": None}}, status=status)


@routes.get("/api/health-check")
async def health_check(_request):
    return web.json_response({"status": "ok"})


@routes.post("/api/users")
async def register(request):
    user = (await request.json())["user"]
    response = answer(user, status=201)
    users.append(user)
    return response


@routes.post("/api/users/login")
async def login(request):
    given = (await request.json())["user"]
    for user in users:
        if user["email"] == given.get("email"):
            answer(user)


app = web.Application()
app.add_routes(routes)
web.run_app(app, host="0.0.0.0", port=8080)
