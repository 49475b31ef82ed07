# files: email.py sub_json.py
# A program's own module wins over the standard one of its name, and breaks what stands on that one.
import sys

import email

print(email.MARK)

try:
    import http.client

    print('http.client was imported')
except ImportError as error:
    print(type(error).__name__, error)

import asyncio
import json
import logging
import random
import threading

print(json.dumps({'a': [1, None]}), logging.getLogger('x').name, 0 <= random.random() < 1)


async def cancelled():
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return 'cancelled'


print(asyncio.run(cancelled()))
thread = threading.Thread(target=print, args=('from a thread',))
thread.start()
thread.join()

import sub_json

print(sub_json.same_json(json))
