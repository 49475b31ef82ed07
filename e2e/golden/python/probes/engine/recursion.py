"""Recursion through C code ends with a RecursionError, and the program goes on."""

import copy
import functools
import json
import pickle
import re
import threading


def nested(depth):
    made = []
    for _ in range(depth):
        made = [made]
    return made


class Shown:
    def __repr__(self):
        return repr(self)


class Called:
    def __call__(self):
        return self()


class Equal:
    def __eq__(self, other):
        return self == other


class Named:
    def __getattr__(self, name):
        return getattr(self, name + 'x')


@functools.lru_cache(None)
def cached(number):
    return cached(number + 1)


def key(number):
    return sorted([number], key=key)


def partial():
    return functools.partial(partial)()


def plain():
    return plain()


deep = nested(5000)
cases = {
    'plain': plain,
    'json.dumps': lambda: json.dumps(deep),
    'json.loads arrays': lambda: json.loads('[' * 100_000),
    'json.loads objects': lambda: json.loads('{"a":' * 100_000),
    'pickle': lambda: pickle.dumps(deep),
    'copy': lambda: copy.deepcopy(deep),
    're': lambda: re.compile('(' * 5000 + ')' * 5000),
    '__repr__': lambda: repr(Shown()),
    '__call__': Called(),
    '__eq__': lambda: Equal() == Equal(),
    '__getattr__': lambda: Named().a,
    'lru_cache': lambda: cached(0),
    'sort key': lambda: key(1),
    'partial': partial,
}


def run():
    for name, case in cases.items():
        try:
            case()
        except RecursionError as error:
            print(name, type(error).__name__)
        else:
            print(name, 'came back')


run()
thread = threading.Thread(target=run)
thread.start()
thread.join()
print(len(json.loads('[' * 900 + ']' * 900)), len(json.dumps(nested(200))))
print(json.loads('{"a":' * 900 + '1' + '}' * 900).keys())
many = json.loads('[' + ','.join('[1]' for _ in range(5000)) + ']')
print(len(many), many[-1])
