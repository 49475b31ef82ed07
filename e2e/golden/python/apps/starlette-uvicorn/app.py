import asyncio
import contextlib
from pathlib import Path

import anyio
import httpx
from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser, requires
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.config import Config
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient

here = Path(__file__).parent
config = Config(environ={'DEBUG': 'false', 'NUMBER': '7'})
templates = Jinja2Templates(here / 'templates')
notes = []


@contextlib.asynccontextmanager
async def lifespan(app):
    print('up', flush=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(inner), base_url='http://inner') as client:
        yield {'client': client}
    print('down', flush=True)


async def hello(request):
    name = request.path_params['name']
    return PlainTextResponse(f'hello {name}', background=BackgroundTask(notes.append, name))


async def seen_notes(request):
    return JSONResponse(notes)


async def page(request):
    return templates.TemplateResponse(request, 'page.html', {'title': 'A & B', 'names': ['x', 'y z']})


async def body(request):
    if request.headers.get('content-type', '').startswith('application/json'):
        return JSONResponse(await request.json())
    async with request.form(max_files=1) as form:
        fields = {}
        for name, value in form.multi_items():
            fields[name] = value if isinstance(value, str) else [value.filename, value.size, (await value.read()).decode()]
        return JSONResponse(fields)


async def session(request):
    request.session['count'] = request.session.get('count', 0) + 1
    return JSONResponse(request.session)


async def stream(request):
    async def parts():
        for number in range(3):
            yield f'{number};'
            await anyio.sleep(0.001)

    return StreamingResponse(parts(), media_type='text/plain')


async def events(request):
    async def source():
        for number in range(2):
            yield {'event': 'tick', 'id': str(number), 'data': f'number {number}'}
            await asyncio.sleep(0.001)

    return EventSourceResponse(source(), ping=60)


@requires('authenticated', status_code=403)
async def secret(request):
    return PlainTextResponse(request.user.display_name)


async def through(request):
    answer = await request.state.client.get('/inside', params={'q': 'ä'})
    return JSONResponse({'status': answer.status_code, 'body': answer.json()})


def blocking(request):
    return JSONResponse({'number': config('NUMBER', cast=int), 'debug': config('DEBUG', cast=bool)})


async def threads(request):
    results = await asyncio.gather(*(run_in_threadpool(pow, 2, number) for number in range(5)))
    with anyio.move_on_after(0.01) as scope:
        await anyio.sleep(5)
    return JSONResponse({'results': results, 'cancelled': scope.cancelled_caught})


def tested(request):
    with TestClient(inner) as client:
        return JSONResponse(client.get('/inside?q=1').json())


async def teapot(request):
    raise HTTPException(418, detail='short', headers={'X-Tea': 'green'})


async def boom(request):
    raise KeyError('boom')


class Counter(HTTPEndpoint):
    async def get(self, request):
        return Response('got', media_type='text/x')

    async def put(self, request):
        return Response(await request.body())


class Echo(WebSocketEndpoint):
    encoding = 'json'

    async def on_receive(self, websocket, data):
        if data == 'close':
            await websocket.close(4001, 'asked')
        else:
            await websocket.send_json({'echo': data})


async def inside(request):
    return JSONResponse({'host': request.url.hostname, 'q': request.query_params['q']})


class Basic(AuthenticationBackend):
    async def authenticate(self, connection):
        token = connection.headers.get('authorization')
        if token is None:
            return None
        if token != 'Token golden':
            raise AuthenticationError('bad token')
        return AuthCredentials(['authenticated']), SimpleUser('ann')


class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        response.headers['X-Timing'] = 'measured'
        return response


inner = Starlette(routes=[Route('/inside', inside)])
app = Starlette(
    routes=[
        Host('api.example', Router([Route('/', inside)]), name='api'),
        Route('/hello/{name}', hello, name='hello'),
        Route('/notes', seen_notes),
        Route('/page', page),
        Route('/body', body, methods=['POST']),
        Route('/session', session),
        Route('/stream', stream),
        Route('/events', events),
        Route('/secret', secret),
        Route('/through', through),
        Route('/blocking', blocking),
        Route('/threads', threads),
        Route('/tested', tested),
        Route('/teapot', teapot),
        Route('/boom', boom),
        Route('/counter', Counter),
        Route('/file', lambda request: FileResponse(here / 'static/site.css', headers={'ETag': '"x"', 'Last-Modified': 'y'})),
        Route('/number/{n:int}/{rest:path}', lambda request: JSONResponse(request.path_params)),
        WebSocketRoute('/ws', Echo),
        Mount('/static', StaticFiles(directory=here / 'static'), name='static'),
    ],
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=['localhost', '127.0.0.1', '*.example']),
        Middleware(SessionMiddleware, secret_key='golden', max_age=None),
        Middleware(AuthenticationMiddleware, backend=Basic()),
        Middleware(Timing),
    ],
    exception_handlers={404: lambda request, error: PlainTextResponse(f'nothing at {request.url.path}', 404)},
    lifespan=lifespan,
)
