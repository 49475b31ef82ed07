"""What is newer than Python 3.12 is not there."""
import sys, platform, uuid, copy, asyncio, queue, pathlib, datetime, math, warnings, threading, http, itertools, heapq, base64, glob, decimal, unittest, os
from sys import version_info as vi
import copy as c2
def t(f):
    try: print('ok', f())
    except Exception as e: print(type(e).__name__, e)
def imp(s):
    try: exec(s); print('ok', s)
    except Exception as e: print(type(e).__name__, str(e).split(' (')[0], e.name)
print(sys.version_info, sys.version_info >= (3, 13), vi[:3], sys.version_info.major, sys.version[:6], platform.python_version(), hex(sys.hexversion), platform.python_version_tuple())
for n in ['annotationlib','string.templatelib','compression.zstd','concurrent.interpreters','pathlib.types','_zstd','asyncio.graph','compression']:
    imp(f'import {n}')
imp('from annotationlib import Format')
imp('from string.templatelib import Template')
imp('from string import templatelib')
imp('from uuid import uuid7')
imp('from uuid import uuid4, uuid8')
imp('from warnings import deprecated')
imp('from copy import replace')
imp('from typing import TypeIs')
imp('from queue import ShutDown')
imp('from asyncio import QueueShutDown')
t(lambda: uuid.uuid7)
t(lambda: copy.replace)
t(lambda: c2.replace)
t(lambda: uuid.NIL)
t(lambda: math.fma)
t(lambda: asyncio.QueueShutDown)
t(lambda: asyncio.Queue().shutdown)
t(lambda: queue.Queue().shutdown)
t(lambda: pathlib.Path('.').copy)
t(lambda: pathlib.Path('.').move)
t(lambda: pathlib.Path.from_uri)
t(lambda: pathlib.PurePath('a').full_match)
t(lambda: datetime.date.strptime)
t(lambda: datetime.datetime.strptime('2020', '%Y'))
t(lambda: datetime.time.strptime)
t(lambda: threading.RLock().locked)
t(lambda: threading.Lock().locked())
t(lambda: http.HTTPStatus.UNPROCESSABLE_CONTENT)
t(lambda: list(map(lambda a, b: a, [1], [2], strict=True)))
t(lambda: list(zip([1], [2], strict=True)))
t(lambda: list(itertools.batched('ab', 1, strict=True)))
t(lambda: 'aa'.replace('a', 'b', count=1))
t(lambda: eval('1', globals={}))
t(lambda: decimal.Decimal.from_number)
t(lambda: float.from_number)
t(lambda: base64.z85encode)
t(lambda: glob.translate)
t(lambda: warnings.deprecated)
t(lambda: os.process_cpu_count)
class T(unittest.TestCase):
    def runTest(self): self.assertStartsWith('a', 'a')
t(lambda: T().runTest())
class MyQ(queue.Queue):
    def shutdown(self): return 'mine'
t(lambda: MyQ().shutdown())
class P(dict): pass
t(lambda: P(a=1).copy())
from concurrent.futures import ThreadPoolExecutor
t(lambda: ThreadPoolExecutor(1).shutdown())
t(lambda: {'a': 1}.copy())
