import asyncio
import contextlib
import os
import signal

stop = asyncio.Event()
open_connections = set()


async def read_head(reader):
    head = await reader.readuntil(b'\r\n\r\n')
    first, *lines = head.decode('latin-1').split('\r\n')
    headers = dict(line.split(': ', 1) for line in lines if ': ' in line)
    return first.split(' '), {name.lower(): value for name, value in headers.items()}


def reply(writer, status, body, *extra):
    lines = [f'HTTP/1.1 {status}', f'Content-Length: {len(body)}', *extra, '', '']
    writer.write('\r\n'.join(lines).encode() + body)


async def handle(reader, writer):
    open_connections.add(writer)
    try:
        while True:
            (method, target, _), headers = await read_head(reader)
            body = await reader.readexactly(int(headers.get('content-length', 0)))
            if target == '/echo':
                reply(writer, '200 OK', body)
            elif target == '/slow':
                try:
                    await asyncio.wait_for(asyncio.sleep(5), 0.02)
                except asyncio.TimeoutError:
                    reply(writer, '504 Gateway Timeout', b'too slow')
            elif target == '/group':
                try:
                    async with asyncio.TaskGroup() as group:
                        group.create_task(asyncio.sleep(1))
                        group.create_task(fail('first'))
                except* ValueError as caught:
                    reply(writer, '500 Grouped', str(caught).encode())
            elif target == '/queue':
                reply(writer, '200 OK', await through_queue())
            elif target == '/crash':
                raise RuntimeError('handler crashed')
            elif target == '/shell':
                process = await asyncio.create_subprocess_exec('echo', 'from a child', stdout=asyncio.subprocess.PIPE)
                out, _ = await process.communicate()
                reply(writer, '200 OK', out, f'X-Code: {process.returncode}')
            elif target == '/large':
                reply(writer, '200 OK', b'x' * 300_000)
            else:
                reply(writer, '404 Not Found', f'{method} {target}'.encode())
            await writer.drain()
            if headers.get('connection') == 'close':
                break
    except asyncio.IncompleteReadError as error:
        print('incomplete', len(error.partial), flush=True)
    except asyncio.LimitOverrunError as error:
        print('overrun', str(error)[:40], flush=True)
    finally:
        open_connections.discard(writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def fail(text):
    await asyncio.sleep(0)
    raise ValueError(text)


async def through_queue():
    queue = asyncio.Queue(maxsize=2)
    seen = []

    async def produce():
        for number in range(5):
            await queue.put(number)
        await queue.put(None)

    async def consume():
        while (number := await queue.get()) is not None:
            seen.append(number)

    await asyncio.gather(produce(), consume())
    return repr(seen).encode()


async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(handle, '0.0.0.0', int(os.environ['PORT']), limit=1024)
    print('serving', [sock.getsockname()[1] for sock in server.sockets], flush=True)
    async with server:
        await stop.wait()
        for writer in list(open_connections):
            writer.close()
    print('stopped', len(open_connections) >= 0, flush=True)


asyncio.run(main())
