import asyncio
import json
import os

from aiohttp import web

routes = web.RouteTableDef()
events = []
NAME = web.AppKey('name', str)


@web.middleware
async def timing(request, handler):
    events.append(f'in {request.method} {request.path}')
    try:
        response = await handler(request)
    except web.HTTPException as error:
        events.append(f'http {error.status}')
        raise
    response.headers['X-Outer'] = str(len(request.match_info))
    return response


@web.middleware
async def errors(request, handler):
    try:
        return await handler(request)
    except (KeyError, ValueError) as error:
        return web.json_response({'error': type(error).__name__, 'text': str(error)}, status=422)


@routes.get('/')
async def index(request):
    return web.Response(text='hello é')


@routes.get('/json')
async def as_json(request):
    return web.json_response({'a': [1, None, 1.5, 'é'], 'query': list(request.query.items())})


@routes.get(r'/int/{number:\d+}')
async def number(request):
    return web.json_response({'number': int(request.match_info['number'])})


@routes.get('/tail/{rest:.*}', name='tail')
async def tail(request):
    url = request.app.router['tail'].url_for(rest='a b').with_query(q='ü')
    return web.json_response({'rest': request.match_info['rest'], 'url': str(url)})


@routes.post('/echo')
async def echo(request):
    body = await request.read()
    return web.Response(body=body, content_type=request.content_type, charset=request.charset)


@routes.post('/json')
async def read_json(request):
    try:
        data = await request.json()
    except json.JSONDecodeError as error:
        raise web.HTTPBadRequest(text=str(error), headers={'X-Bad': 'json'})
    return web.json_response({'data': data, 'type': request.content_type, 'length': request.content_length})


@routes.post('/form')
async def form(request):
    data = await request.post()
    told = {}
    for key, value in data.items():
        told.setdefault(key, []).append(
            value if isinstance(value, str) else {'name': value.filename, 'type': value.content_type, 'size': len(value.file.read())}
        )
    return web.json_response(told)


@routes.post('/multipart')
async def multipart(request):
    reader = await request.multipart()
    parts = []
    while (part := await reader.next()) is not None:
        size = 0
        while chunk := await part.read_chunk(8):
            size += len(chunk)
        parts.append([part.name, part.filename, size, part.headers.get('Content-Type')])
    return web.json_response(parts)


@routes.get('/cookies')
async def cookies(request):
    response = web.json_response(dict(request.cookies))
    response.set_cookie('a', '1', max_age=60, httponly=True, samesite='Lax', path='/x')
    response.del_cookie('b')
    return response


@routes.get('/stream')
async def stream(request):
    response = web.StreamResponse(headers={'X-Kind': 'stream'})
    response.content_type = 'text/plain'
    await response.prepare(request)
    for number in range(3):
        await response.write(f'{number}\n'.encode())
        await asyncio.sleep(0.005)
    await response.write_eof(b'end')
    return response


@routes.get('/compressed')
async def compressed(request):
    response = web.Response(text='a' * 2000)
    response.enable_compression()
    return response


@routes.get('/raise/{name}')
async def raise_it(request):
    name = request.match_info['name']
    if name == 'redirect':
        raise web.HTTPFound('/json?x=1')
    if name == 'gone':
        raise web.HTTPGone(reason='long gone', text='it is gone')
    if name == 'method':
        raise web.HTTPMethodNotAllowed('GET', ['PUT', 'POST'])
    if name == 'key':
        {}['wanted']
    if name == 'value':
        int('x')
    raise RuntimeError('not handled')


@routes.get('/none')
async def none(request):
    return None


@routes.get('/timeout')
async def timeout(request):
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(5)
    except TimeoutError:
        return web.Response(status=504, text='too slow')


@routes.get('/gather')
async def gather(request):
    async def one(number):
        await asyncio.sleep(0.001 * (3 - number))
        if number == 2:
            raise ValueError('two')
        return number

    results = await asyncio.gather(*(one(number) for number in range(4)), return_exceptions=True)
    return web.json_response([repr(result) for result in results])


@routes.get('/thread')
async def thread(request):
    total = await asyncio.to_thread(sum, range(1000))
    return web.json_response({'total': total})


@routes.get('/info')
async def info(request):
    return web.json_response(
        {
            'host': request.host,
            'path': request.path,
            'raw': request.raw_path,
            'scheme': request.scheme,
            'version': list(request.version),
            'keep': request.keep_alive,
            'body': request.can_read_body,
            'forwarded': [dict(one) for one in request.forwarded],
            'app': request.app[NAME],
        }
    )


@routes.view('/view')
class View(web.View):
    async def get(self):
        return web.Response(text='get view')

    async def delete(self):
        return web.Response(status=204)


async def on_startup(app):
    print('startup', flush=True)


async def resources(app):
    print('open', flush=True)
    yield
    print('close', flush=True)


async def on_cleanup(app):
    print('cleanup', len(events) > 10, flush=True)


def make():
    app = web.Application(middlewares=[timing, errors], client_max_size=2048)
    app[NAME] = 'golden'
    app.add_routes(routes)
    sub = web.Application()
    sub[NAME] = 'sub'
    sub.router.add_get('/inner', info)
    app.add_subapp('/sub', sub)
    app.on_startup.append(on_startup)
    app.cleanup_ctx.append(resources)
    app.on_cleanup.append(on_cleanup)
    return app


if __name__ == '__main__':
    web.run_app(make(), host='0.0.0.0', port=int(os.environ['PORT']))
