import asyncio
import os
import queue
import sqlite3
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from flask import Flask, copy_current_request_context, jsonify, request

app = Flask(__name__)
lock = threading.Lock()
local = threading.local()
barrier = threading.Barrier(3, timeout=10)
counter = {'value': 0}
shared = sqlite3.connect(':memory:')
jobs = queue.Queue()
results = {}
done = threading.Condition()


def worker():
    while True:
        job = jobs.get()
        if job is None:
            break
        with done:
            results[job] = job * job
            done.notify_all()
        jobs.task_done()


threading.Thread(target=worker, name='worker', daemon=True).start()


@app.get('/barrier/<name>')
def at_barrier(name):
    index = barrier.wait()
    with lock:
        counter['value'] += 1
    return jsonify(name=name, met=index in (0, 1, 2))


@app.get('/count')
def count():
    return jsonify(counter)


@app.get('/local')
def thread_local():
    fresh = not hasattr(local, 'seen')
    local.seen = True
    return jsonify(fresh=fresh, main=threading.current_thread() is threading.main_thread())


@app.get('/sqlite')
def sqlite_check():
    try:
        shared.execute('select 1')
    except sqlite3.ProgrammingError as error:
        return str(error).split('. The object')[0], 500
    return 'no error'


@app.get('/job/<int:number>')
def job(number):
    jobs.put(number)
    with done:
        came = done.wait_for(lambda: number in results, timeout=5)
        return jsonify(came=came, result=results.get(number))


@app.get('/pool')
def pool():
    def work(number):
        time.sleep(0.002)
        if number == 3:
            raise ValueError(f'bad {number}')
        return number * 2

    with ThreadPoolExecutor(max_workers=3, thread_name_prefix='calc') as executor:
        futures = {executor.submit(work, number): number for number in range(5)}
        told = {}
        for future in as_completed(futures):
            error = future.exception()
            told[str(futures[future])] = str(error) if error else future.result()
    return jsonify(told)


@app.get('/context')
def context():
    found = []

    @copy_current_request_context
    def inside():
        found.append([request.path, request.method])

    def outside():
        try:
            found.append(request.path)
        except RuntimeError as error:
            found.append(str(error).split('\n')[0])

    for target in (inside, outside):
        thread = threading.Thread(target=target, name=target.__name__)
        thread.start()
        thread.join()
    return jsonify(found)


@app.get('/async')
async def async_view():
    async def one(number):
        await asyncio.sleep(0.001)
        return number

    values = await asyncio.gather(*(one(number) for number in range(3)))
    return jsonify(values=values, loop=type(asyncio.get_running_loop()).__name__)


@app.get('/async-error')
async def async_error():
    await asyncio.sleep(0)
    raise LookupError('async')


@app.get('/timer')
def timer():
    fired = threading.Event()
    clock = threading.Timer(0.01, fired.set)
    clock.start()
    return jsonify(fired=fired.wait(5), alive=clock.is_alive() and False)


@app.get('/semaphore')
def semaphore():
    gate = threading.BoundedSemaphore(2)
    taken = [gate.acquire(blocking=False) for _ in range(3)]
    gate.release()
    gate.release()
    try:
        gate.release()
    except ValueError as error:
        return jsonify(taken=taken, error=str(error))


@app.get('/thread-error')
def thread_error():
    seen = []
    before = threading.excepthook
    threading.excepthook = lambda args: seen.append(f'{args.exc_type.__name__}: {args.exc_value} in {args.thread.name}')
    thread = threading.Thread(target=lambda: 1 / 0, name='failing')
    thread.start()
    thread.join()
    threading.excepthook = before
    return jsonify(seen)


@app.get('/exit')
def leave():
    sys.exit(7)


@app.get('/slow')
def slow():
    time.sleep(0.2)
    return 'slow'


@app.get('/quick')
def quick():
    return 'quick'


@app.errorhandler(LookupError)
def lookup(error):
    return f'lookup: {error}', 404


if __name__ == '__main__':
    app.run('0.0.0.0', int(os.environ['PORT']))
