import asyncio
import contextvars
import json
import logging
import os

import aiohttp
from aiohttp import web
import aiohttp_cors

logging.basicConfig(level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s')
request_id = contextvars.ContextVar('request_id', default='-')
SOCKETS = web.AppKey('sockets', set)
CLIENT = web.AppKey('client', aiohttp.ClientSession)
PAGES = 'public'

os.makedirs(PAGES, exist_ok=True)
with open(f'{PAGES}/a.txt', 'w') as file:
    file.write('0123456789' * 10)
os.utime(f'{PAGES}/a.txt', (1_600_000_000, 1_600_000_000))


@web.middleware
async def identify(request, handler):
    request_id.set(request.headers.get('X-Id', 'none'))
    return await handler(request)


async def who(request):
    async def deeper():
        return request_id.get()

    return web.json_response({'id': await asyncio.create_task(deeper()), 'thread': await asyncio.to_thread(request_id.get)})


async def events(request):
    response = web.StreamResponse(headers={'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache'})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for number in range(3):
        await response.write(f'data: {json.dumps({"n": number})}\n\n'.encode())
    await response.write_eof()
    return response


async def websocket(request):
    socket = web.WebSocketResponse(heartbeat=30, protocols=('chat',))
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    async for message in socket:
        if message.type == aiohttp.WSMsgType.TEXT:
            if message.data == 'close':
                await socket.close(code=4001, message=b'asked')
            else:
                await socket.send_str(message.data.upper())
        elif message.type == aiohttp.WSMsgType.BINARY:
            await socket.send_bytes(message.data[::-1])
    request.app[SOCKETS].discard(socket)
    return socket


async def own_client(request):
    port = request.url.port
    async with request.app[CLIENT].get(f'http://127.0.0.1:{port}/who', headers={'X-Id': 'inner'}, params={'a': 'é'}) as answer:
        return web.json_response({'status': answer.status, 'body': await answer.json(), 'url': answer.url.path_qs})


async def client_errors(request):
    told = {}
    session = request.app[CLIENT]
    for name, url in {'refused': 'http://127.0.0.1:8399/', 'invalid': 'nonsense', 'status': str(request.url.with_path('/absent'))}.items():
        try:
            async with session.get(url, raise_for_status=True):
                told[name] = 'fine'
        except aiohttp.ClientError as error:
            told[name] = type(error).__name__
    try:
        async with session.get(request.url.with_path('/slow'), timeout=aiohttp.ClientTimeout(total=0.05)):
            told['slow'] = 'fine'
    except TimeoutError as error:
        told['slow'] = type(error).__name__
    return web.json_response(told)


async def slow(request):
    try:
        await asyncio.sleep(0.3)
    except asyncio.CancelledError:
        logging.info('cancelled')
        raise
    return web.Response(text='slow')


async def file(request):
    return web.FileResponse(f'{PAGES}/a.txt', headers={'X-File': '1'})


async def background(request):
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(0.005, done.set)
    async with asyncio.timeout(1):
        await done.wait()
    return web.Response(text='woken')


async def lifetime(app):
    app[CLIENT] = aiohttp.ClientSession()
    app[SOCKETS] = set()
    yield
    await app[CLIENT].close()
    print('client closed', flush=True)


def make(argv):
    app = web.Application(middlewares=[identify, web.normalize_path_middleware(append_slash=True)])
    app.cleanup_ctx.append(lifetime)
    app.add_routes(
        [
            web.get('/who', who),
            web.get('/events', events),
            web.get('/ws', websocket),
            web.get('/client', own_client),
            web.get('/client-errors', client_errors),
            web.get('/slow', slow),
            web.get('/file', file),
            web.get('/background/', background),
            web.static('/public', PAGES, show_index=False),
        ]
    )
    cors = aiohttp_cors.setup(app, defaults={'https://a.example': aiohttp_cors.ResourceOptions(allow_headers='*', expose_headers=['X-Id'], max_age=60)})
    cors.add(app.router.add_resource('/cors')).add_route('GET', who)
    return app
