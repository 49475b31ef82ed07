import asyncio
import json


async def app(scope, receive, send):
    if scope['type'] == 'lifespan':
        while True:
            message = await receive()
            print(message['type'], flush=True)
            await send({'type': message['type'] + '.complete'})
            if message['type'] == 'lifespan.shutdown':
                return
    path = scope['path']
    if path == '/raise':
        raise RuntimeError('before the start')
    if path == '/nothing':
        return
    if path == '/twice':
        await start(send)
        await start(send)
    body = b''
    more = path != '/early'
    while more:
        message = await receive()
        body += message.get('body', b'')
        more = message.get('more_body', False)
    if path == '/scope':
        kept = ('type', 'http_version', 'method', 'scheme', 'path', 'query_string', 'root_path', 'headers', 'asgi')
        body = json.dumps({key: scope[key] for key in kept}, default=lambda value: value.decode('latin-1')).encode()
    if path == '/half':
        await start(send, [(b'content-length', b'10')])
        await send({'type': 'http.response.body', 'body': b'half'})
        return
    if path == '/over':
        await start(send, [(b'content-length', b'2')])
        await send({'type': 'http.response.body', 'body': b'too much'})
        return
    if path == '/slow':
        await asyncio.sleep(0.05)
    if path == '/after':
        await start(send)
        await send({'type': 'http.response.body', 'body': b'part', 'more_body': True})
        raise RuntimeError('after the start')
    await start(send, [(b'content-type', b'text/plain')])
    await send({'type': 'http.response.body', 'body': body, 'more_body': True})
    await send({'type': 'http.response.body', 'body': b'.'})


async def start(send, headers=()):
    await send({'type': 'http.response.start', 'status': 200, 'headers': list(headers)})
