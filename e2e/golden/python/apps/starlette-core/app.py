import contextlib
import os

import anyio
from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser, requires
from starlette.background import BackgroundTask, BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.config import Config
from starlette.convertors import Convertor, register_url_convertor
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Host, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

config = Config(environ={'FLAG': 'true', 'NUMBER': '7'})
templates = Jinja2Templates('templates')
done = []

os.makedirs('public', exist_ok=True)
with open('public/index.html', 'w') as file:
    file.write('<p>public</p>')
os.utime('public/index.html', (1_600_000_000, 1_600_000_000))


class HexConvertor(Convertor):
    regex = '[0-9a-f]+'

    def convert(self, value):
        return int(value, 16)

    def to_string(self, value):
        return f'{value:x}'


register_url_convertor('hex', HexConvertor())


class Backend(AuthenticationBackend):
    async def authenticate(self, connection):
        given = connection.headers.get('x-user')
        if given == 'bad':
            raise AuthenticationError('a bad user')
        return None if given is None else (AuthCredentials(['authenticated', given]), SimpleUser(given))


class Counting(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        response.headers['X-Count'] = str(len(request.scope['headers']) > 0)
        return response


class PureMiddleware:
    def __init__(self, app, name):
        self.app = app
        self.name = name

    async def __call__(self, scope, receive, send):
        async def wrapped(message):
            if message['type'] == 'http.response.start':
                message['headers'].append((b'x-pure', self.name.encode()))
            await send(message)

        await self.app(scope, receive, wrapped if scope['type'] == 'http' else send)


async def home(request):
    return JSONResponse({'path': request.url.path, 'flag': config('FLAG', cast=bool), 'number': config('NUMBER', cast=int)})


def item(request):
    return PlainTextResponse(f'{request.path_params["number"]!r} {request.url_for("item", number=9).path}')


async def code(request):
    return JSONResponse({'code': request.path_params['code'], 'back': request.app.url_path_for('code', code=255)})


async def page(request):
    return templates.TemplateResponse(request, 'page.html', {'title': 'a <b>', 'items': ['x', '&']}, headers={'X-Page': '1'})


async def session(request):
    request.session['count'] = request.session.get('count', 0) + 1
    if 'clear' in request.query_params:
        request.session.clear()
    return JSONResponse(dict(request.session))


@requires('authenticated')
async def me(request):
    return JSONResponse({'user': request.user.display_name, 'scopes': request.auth.scopes})


@requires(['authenticated', 'admin'], status_code=404)
async def admin(request):
    return PlainTextResponse('admin')


@requires('authenticated', redirect='home')
async def go(request):
    return PlainTextResponse('went')


async def body(request: Request):
    try:
        form = await request.form(max_files=1)
    except HTTPException as error:
        return PlainTextResponse(f'{error.status_code} {error.detail}', 400)
    told = {}
    for key, value in form.multi_items():
        told[key] = value if isinstance(value, str) else [value.filename, value.size, (await value.read()).decode()]
    return JSONResponse(told)


async def stream_in(request):
    sizes = 0
    try:
        async for part in request.stream():
            sizes += len(part)
    except ClientDisconnect:
        done.append('disconnect')
    return PlainTextResponse(str(sizes))


async def background(request):
    tasks = BackgroundTasks([BackgroundTask(done.append, 'first')])
    tasks.add_task(anyio.sleep, 0)
    tasks.add_task(done.append, 'second')
    return PlainTextResponse('later', background=tasks)


async def show_done(request):
    return JSONResponse(done)


async def pool(request):
    return PlainTextResponse(str(await run_in_threadpool(sum, [1, 2, 3])))


async def fail(request):
    raise RuntimeError('starlette fails')


async def refuse(request):
    raise HTTPException(410, headers={'X-Gone': 'yes'})


async def lines():
    for number in range(3):
        yield f'{number}\n'


class Things(HTTPEndpoint):
    async def get(self, request):
        response = Response(b'\x00\x01', media_type='application/x-thing')
        response.set_cookie('a', 'ü', path='/things', expires=0)
        return response

    async def post(self, request):
        return JSONResponse(await request.json(), 201)


async def not_found(request, error):
    return JSONResponse({'missing': request.url.path}, 404)


@contextlib.asynccontextmanager
async def lifespan(app):
    print('up', flush=True)
    yield
    print('down', flush=True)


app = Starlette(
    routes=[
        Route('/', home, name='home'),
        Route('/item/{number:int}', item, name='item'),
        Route('/code/{code:hex}', code, name='code'),
        Route('/page', page),
        Route('/session', session),
        Route('/me', me),
        Route('/admin', admin),
        Route('/go', go),
        Route('/body', body, methods=['POST']),
        Route('/stream', lambda request: StreamingResponse(lines(), media_type='text/plain')),
        Route('/stream', stream_in, methods=['POST']),
        Route('/background', background),
        Route('/done', show_done),
        Route('/pool', pool),
        Route('/fail', fail),
        Route('/refuse', refuse),
        Route('/things', Things),
        Route('/redirect', lambda request: RedirectResponse('/item/1?é=ü', 303)),
        Route('/attached', lambda request: FileResponse('public/index.html', filename='x.html', headers={'ETag': '"e"'})),
        Mount('/sub', routes=[Route('/inner', home), Mount('/deep', Router([Route('/{rest:path}', lambda request: PlainTextResponse(request.path_params['rest']))]))]),
        Mount('/public', StaticFiles(directory='public', html=True)),
        Host('api.example', Router([Route('/only', home)])),
    ],
    middleware=[
        Middleware(PureMiddleware, name='outer'),
        Middleware(SessionMiddleware, secret_key='golden', max_age=3600, same_site='strict'),
        Middleware(AuthenticationMiddleware, backend=Backend()),
        Middleware(Counting),
    ],
    exception_handlers={404: not_found},
    lifespan=lifespan,
)
