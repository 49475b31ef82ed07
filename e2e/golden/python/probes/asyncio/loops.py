import asyncio
import contextvars
import os
import signal
import socket
import threading
import time

request = contextvars.ContextVar('request', default='none')


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def streams():
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.writelines([b'one\n', b'two\n'])
    print(await reader.readline(), await reader.readexactly(4))
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    writer.close()
    await writer.wait_closed()
    server.close()
    print(server.is_serving())
    try:
        await asyncio.open_connection('127.0.0.1', 1)
    except OSError as error:
        print(type(error).__name__, error)
    path = 'loop.sock'
    server = await asyncio.start_unix_server(echo, path)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b'local\n')
    print(await reader.readline())
    writer.write_eof()
    print(await reader.read())
    writer.close()
    server.close()
    await asyncio.sleep(0.01)


async def timeouts():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError as error:
        print('timeout', repr(error))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except TimeoutError:
        print('wait_for')
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(n)) for n in (0, 5)], timeout=0.02)
    print(len(done), len(pending))
    for task in pending:
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print('cancelled')


async def groups():
    async def fail(text):
        await asyncio.sleep(0)
        raise ValueError(text)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail('one'))
            task = group.create_task(asyncio.sleep(10))
    except* ValueError as errors:
        print([str(error) for error in errors.exceptions], task.cancelled())
    queue = asyncio.Queue(2)

    async def produce():
        for number in range(5):
            await queue.put(number)
        await queue.put(None)

    async def consume():
        seen = []
        while (item := await queue.get()) is not None:
            seen.append(item)
        return seen

    print(await asyncio.gather(produce(), consume(), return_exceptions=True))
    lock, semaphore, event, condition = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Event(), asyncio.Condition()
    order = []

    async def worker(name):
        async with semaphore, lock:
            order.append(name)
            await asyncio.sleep(0)
        await event.wait()
        async with condition:
            condition.notify_all()

    tasks = [asyncio.create_task(worker(n)) for n in range(4)]
    await asyncio.sleep(0.01)
    event.set()
    await asyncio.gather(*tasks)
    print(order)


async def threads():
    request.set('mine')
    print(await asyncio.to_thread(lambda: (request.get(), threading.current_thread() is threading.main_thread())))
    loop = asyncio.get_running_loop()
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    ticker = asyncio.create_task(tick())
    await loop.run_in_executor(None, time.sleep, 0.3)
    ticker.cancel()
    print(ticks > 1)
    result = []

    def outside():
        future = asyncio.run_coroutine_threadsafe(asyncio.sleep(0.001, 'from a thread'), loop)
        result.append(future.result(5))
        loop.call_soon_threadsafe(result.append, 'soon')

    thread = threading.Thread(target=outside)
    thread.start()
    await asyncio.to_thread(thread.join)
    await asyncio.sleep(0.01)
    print(result)
    try:
        await asyncio.to_thread(int, 'x')
    except ValueError as error:
        print(error)


async def sockets():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)
    await loop.sock_sendall(left, b'raw')
    print(await loop.sock_recv(right, 10))
    seen = asyncio.Event()
    loop.add_reader(left, seen.set)
    right.send(b'!')
    await seen.wait()
    print(loop.remove_reader(left), loop.remove_reader(left))
    left.close(), right.close()

    class Protocol(asyncio.DatagramProtocol):
        def __init__(self, answer):
            self.answer = answer
            self.received = asyncio.Queue()

        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, address):
            self.received.put_nowait(data)
            if self.answer:
                self.transport.sendto(data[::-1], address)

    server, _protocol = await loop.create_datagram_endpoint(lambda: Protocol(True), ('127.0.0.1', 0))
    address = server.get_extra_info('sockname')
    client, protocol = await loop.create_datagram_endpoint(lambda: Protocol(False), remote_addr=address)
    client.sendto(b'datagram')
    print(await protocol.received.get())
    client.close(), server.close()
    reader, writer = os.pipe()
    stream = asyncio.StreamReader()
    transport, _protocol = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reader, 'rb'))
    os.write(writer, b'piped\n')
    os.close(writer)
    print(await stream.readline(), await stream.read())
    transport.close()


async def signals():
    loop = asyncio.get_running_loop()
    received = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, received.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(received.wait(), 5)
    print('signal', loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))


for main in (streams, timeouts, groups, threads, sockets, signals):
    print('--', main.__name__)
    asyncio.run(main())
loop = asyncio.new_event_loop()
print(type(loop).__name__, type(loop._selector).__name__ if hasattr(loop, '_selector') else '')
print(loop.run_until_complete(asyncio.sleep(0, 'value')))
loop.close()
try:
    loop.run_until_complete(asyncio.sleep(0))
except RuntimeError as error:
    print(error)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
