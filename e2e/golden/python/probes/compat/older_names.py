"""What later versions took away is still there."""
import ast
import asyncio
import functools
import http
import http.client
import importlib.abc
import logging.handlers
import pkgutil
import shutil
import threading
import unittest
import warnings


def show(function):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            value = function()
        except Exception as error:
            value = f'{type(error).__name__}: {error}'
    print(value, sorted({f'{item.category.__name__} {item.message}' for item in caught}))


for status in http.HTTPStatus:
    print(status.value, status.name, status.phrase, status.description)
print(http.client.responses[422], http.HTTPStatus['UNPROCESSABLE_ENTITY'], repr(http.HTTPStatus(413)))
tree = ast.parse('1; "s"; b"b"; None; ...')
for index, name in enumerate(['Num', 'Str', 'Bytes', 'NameConstant', 'Ellipsis']):
    show(lambda: isinstance(tree.body[index].value, getattr(ast, name)))
show(lambda: tree.body[0].value.n)
show(lambda: asyncio.iscoroutinefunction(show))
show(lambda: issubclass(asyncio.DefaultEventLoopPolicy, asyncio.AbstractEventLoopPolicy))
show(lambda: type(asyncio.get_event_loop_policy()).__mro__[1].__name__)


async def running():
    return asyncio.get_event_loop().is_running()


loop = []
show(lambda: loop.append(asyncio.get_event_loop()))
show(lambda: loop[0].run_until_complete(running()))
show(lambda: asyncio.get_event_loop() is loop[0])
loop[0].close()
show(lambda: asyncio.run(running()))
show(lambda: asyncio.get_event_loop())
errors = []


def in_thread():
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        errors.append(str(error))


thread = threading.Thread(target=in_thread, name='T1')
thread.start()
thread.join()
print(errors)
show(lambda: pkgutil.find_loader('nope'))
show(lambda: issubclass(shutil.ExecError, OSError))
show(lambda: functools.WRAPPER_ASSIGNMENTS)
show(lambda: importlib.abc.Traversable.__name__)
show(lambda: importlib.abc.nope)
show(lambda: logging.handlers.ST_INO)


class Case(unittest.TestCase):
    def test_a(self):
        pass


show(lambda: unittest.makeSuite(Case).countTestCases())
