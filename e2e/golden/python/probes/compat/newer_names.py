import contextlib
import io
import os
import runpy
import warnings
PROGRAMS = '''
import copy; copy.replace
import queue; queue.Queue().shutdown()
import warnings; warnings.deprecated
import pathlib; pathlib.Path('a').copy('b')
from pathlib import Path; Path('a').move
import uuid; uuid.uuid7()
import annotationlib
from string.templatelib import Template
x = t'hi'
import random; random.binomialvariate(5)
import itertools; print(list(itertools.batched('abc', 2)))
import itertools; print(list(itertools.batched('abc', 2, strict=True)))
import re; re.PatternError
from typing import TypeVar; TypeVar('T', default=int)
from typing import override; print(override.__name__)
import asyncio; asyncio.Queue().shutdown()
import asyncio; asyncio.TaskGroup().cancel
import os; os.process_cpu_count()
import math; math.fma(1.0, 2.0, 3.0)
import statistics; statistics.kde([1])
import argparse; argparse.ArgumentParser().add_argument('--a', deprecated=True)
import argparse; argparse.ArgumentParser(color=True)
import argparse; argparse.ArgumentParser(suggest_on_error=True)
import json; json.dumps(1, foo=2)
import pathlib; pathlib.Path('.').glob('*', recurse_symlinks=True)
import datetime; datetime.date.strptime('2020', '%Y')
import datetime; datetime.time.strptime('10', '%H')
import io; io.Reader
import operator; operator.is_none(1)
import http.server; http.server.HTTPSServer
from http import HTTPStatus; HTTPStatus.CONTENT_TOO_LARGE
from http import HTTPStatus; print(HTTPStatus(422).phrase, HTTPStatus.UNPROCESSABLE_ENTITY.name)
from fractions import Fraction; Fraction.from_number(1)
from decimal import Decimal; Decimal.from_number(1)
import unittest; unittest.TestCase().assertStartsWith('a', 'a')
from compression import zstd
import base64; base64.z85encode(b'')
import configparser; configparser.UNNAMED_SECTION
import enum; enum.EnumDict
import inspect; inspect.ispackage
import inspect; inspect.signature(print, annotation_format=1)
import dataclasses; dataclasses.make_dataclass('X', ['a'], decorator=None)
import dataclasses; dataclasses.field(doc='x')
import glob; glob.translate('*')
import shutil; shutil.chown('.', user=0, follow_symlinks=True)
import threading; threading.Thread(context=None)
import types; types.CapsuleType
import sys; sys._is_gil_enabled
import sys; sys._is_interned
import ast; ast.compare
import ast; ast.parse('1', optimize=1)
import mimetypes; mimetypes.guess_file_type
import zipfile; zipfile.ZIP_ZSTANDARD
import time; time.sleep
import memoryview
print(int('5').__class__, 'a'.replace('a', 'b', count=1))
print(float.from_number(5))
print(complex.from_number(5))
print('%z')
import ssl; ssl.HAS_PSK
import hmac; hmac.new(b'', b'', 'md5').hexdigest(); print('ok')
import calendar; calendar.Month; print(calendar.JANUARY)
import logging; logging.getHandlerByName; print('3.12')
import os; os.path.isreserved('a')
import contextlib; contextlib.chdir; print('ok')
import asyncio; asyncio.timeout; print('ok')
import concurrent.futures as f; f.ThreadPoolExecutor().map(print, [], buffersize=1)
import sys; sys.exit(f'{sys.version_info >= (3, 13)}')
import platform; print(platform.python_version()[:4])
import doctest; doctest.SKIPPED
import tempfile; tempfile.TemporaryDirectory(delete=False); print('3.12 ok')
import xml.sax.saxutils
import zlib; zlib.adler32_combine
import ctypes; ctypes.c_double_complex
import json, sys; print(json.JSONDecodeError)
import builtins; builtins.PythonFinalizationError
import dbm.sqlite3
import csv; csv.QUOTE_STRINGS; print('3.12')
import argparse; argparse.BooleanOptionalAction; print('ok')
import http.client; http.client.HTTPConnection('x', max_response_headers=5)
import functools; functools.reduce(max, [1], initial=5)
print(sum([1], start=5)); print(max([], default=1)); map(str, [1], strict=True)
print(type(globals()).__name__); exec('a = 1', globals={})
def f[T = int](x: T) -> T: return x
class A[T = int]: pass
type X[T = int] = list[T]
try: pass\\nexcept ValueError, TypeError: pass
def f(x: NotThere): pass
class A:\\n    x: NotThere = 1
x: NotThere
def f() -> NotThere: pass
from __future__ import annotations\\nimport typing\\ndef f(x: NotThere): pass\\nprint(f.__annotations__)\\ntyping.get_type_hints(f)
class A:\\n    def f(self) -> A: return self
class A:\\n    x: "B" = 1\\nprint(A.__annotations__)
import dataclasses\\n@dataclasses.dataclass\\nclass P:\\n    a: int\\n    b: list[Q]
async def f(x: Foo): pass
print(__annotations__)
import random; random.seed(1); print(random.random(), random.randint(1, 100), random.choice('abc'), random.sample(range(50), 3))
print(0x7fffffff, 1_000, 0b1, 1if 1else 2)
assert (1, 'x')
x = 5 is 5
print(1 is not 1)
"x" is "x"
[1, 2](3)
import os; print(os.cpu_count() > 0, os.sched_getaffinity(0) != set())
'''.strip().split('\n')
for number, program in enumerate(PROGRAMS):
    text = program.replace('\\n', '\n')
    name = f'p{number}.py'
    with open(name, 'w') as file:
        file.write(text + '\n')
    out, end = io.StringIO(), ''
    with contextlib.redirect_stdout(out), warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('default')
        try:
            runpy.run_path(name, run_name='__main__')
        except BaseException as error:
            end = f'{type(error).__name__}: {error}'
    os.unlink(name)
    print(f'[{number}] {program[:90]} => {out.getvalue().strip()!r} {end} {[str(one.message) for one in seen]}'.replace(os.getcwd(), ''))
