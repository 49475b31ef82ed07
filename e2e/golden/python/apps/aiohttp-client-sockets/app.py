import asyncio
import contextlib
import sys
from typing import AsyncIterator

import aiohttp
from aiohttp import web
from aiohttp_session import SimpleCookieStorage, get_session, setup

client_key = web.AppKey('client', aiohttp.ClientSession)
routes = web.RouteTableDef()


async def client(app: web.Application) -> AsyncIterator[None]:
    print('client opens', flush=True)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        app[client_key] = session
        yield
    print('client closed', flush=True)


@web.middleware
async def errors(request, handler):
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return web.json_response({'error': error.reason}, status=error.status)
    except KeyError as error:
        return web.json_response({'missing': str(error)}, status=500)


@web.middleware
async def stamp(request, handler):
    response = await handler(request)
    if not response.prepared:
        response.headers['X-Route'] = request.match_info.route.name or 'none'
    return response


@routes.get('/', name='index')
async def index(request):
    return web.json_response({'host': request.host, 'args': request.app['args'], 'query': dict(request.query)})


@routes.get('/visits')
async def visits(request):
    session = await get_session(request)
    session['visits'] = session.get('visits', 0) + 1
    return web.json_response({'visits': session['visits']})


@routes.get('/proxy/{path:.*}')
async def proxy(request):
    port = request.transport.get_extra_info('sockname')[1]
    url = f'http://127.0.0.1:{port}/{request.match_info["path"]}'
    async with request.app[client_key].get(url, params={'via': 'proxy'}, headers={'Host': 'inner.example'}) as answer:
        return web.json_response({'status': answer.status, 'type': answer.content_type, 'body': await answer.text()})


@routes.get('/socket')
async def socket(request):
    websocket = web.WebSocketResponse(protocols=['echo'], heartbeat=30)
    await websocket.prepare(request)
    async for message in websocket:
        if message.type is aiohttp.WSMsgType.TEXT:
            if message.data == 'close':
                await websocket.close(code=4000, message=b'bye')
            else:
                await websocket.send_json({'echo': message.data, 'protocol': websocket.ws_protocol})
        elif message.type is aiohttp.WSMsgType.BINARY:
            await websocket.send_bytes(message.data[::-1])
    return websocket


@routes.get('/talk')
async def talk(request):
    port = request.transport.get_extra_info('sockname')[1]
    heard = []
    async with request.app[client_key].ws_connect(f'http://127.0.0.1:{port}/socket', protocols=['echo']) as websocket:
        await websocket.send_str('one')
        heard.append(await websocket.receive_json())
        await websocket.send_bytes(b'abc')
        heard.append((await websocket.receive_bytes()).decode())
        await websocket.send_str('close')
        message = await websocket.receive()
        heard += [message.type.name, message.data, message.extra]
    return web.json_response(heard)


@routes.get('/stream')
async def stream(request):
    response = web.StreamResponse(headers={'Content-Type': 'text/plain'})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for number in range(3):
        await response.write(b'%d\n' % number)
        await asyncio.sleep(0.001)
    await response.write_eof()
    return response


@routes.post('/upload')
async def upload(request):
    reader = await request.multipart()
    parts = []
    while (part := await reader.next()) is not None:
        parts.append([part.name, part.filename, (await part.read(decode=True)).decode()])
    return web.json_response(parts)


@routes.post('/json')
async def read_json(request):
    try:
        return web.json_response(await request.json())
    except ValueError:
        raise web.HTTPBadRequest(reason='no JSON') from None


@routes.get('/slow')
async def slow(request):
    with contextlib.suppress(asyncio.TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    return web.Response(text=await asyncio.to_thread(lambda: 'from a thread'))


@routes.get('/moved')
async def moved(request):
    raise web.HTTPFound(request.app.router['index'].url_for().with_query(a='b c'))


@routes.get('/missing')
async def missing(request):
    return {}['key']


@routes.view('/things/{id:\\d+}')
class Thing(web.View):
    async def get(self):
        return web.json_response({'id': int(self.request.match_info['id'])}, headers={'ETag': '"1"'})

    async def delete(self):
        raise web.HTTPNoContent


async def shutdown(app):
    print('shutdown', flush=True)


def make_app(argv):
    app = web.Application(middlewares=[errors, stamp], client_max_size=1000)
    app['args'] = argv
    setup(app, SimpleCookieStorage(cookie_name='visits'))
    app.add_routes(routes)
    app.router.add_static('/files', '.', show_index=False)
    app.cleanup_ctx.append(client)
    app.on_shutdown.append(shutdown)
    sub = web.Application()
    sub.router.add_get('/deep', lambda request: asyncio.sleep(0, web.Response(text=request.path)))
    app.add_subapp('/sub', sub)
    print('made', argv, sys.version_info[0], flush=True)
    return app
