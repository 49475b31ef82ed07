"""Prints what the modules of the standard library hold, one `module name` a line: to compare two versions of Python.

Run it with CPython 3.12 and in the sandbox, and compare:
    python3.12 scripts/engines/python-names.py > old.txt; ... > new.txt; diff old.txt new.txt
The reviewed result is src/engines/python/lib/_sandbox_recent_names.py.
"""

import importlib
import pkgutil
import sys
import types
import warnings

SKIPPED = {'antigravity', 'this', 'idlelib', 'lib2to3', 'test', 'turtledemo', 'pydoc_data', 'tkinter', 'turtle', 'ensurepip'}


def modules():
    """Names of the public modules, with those of packages."""
    for name in sorted(sys.stdlib_module_names - SKIPPED):
        if name.startswith('_'):
            continue
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        yield name, module
        for found in pkgutil.walk_packages(getattr(module, '__path__', ()), f'{name}.', onerror=lambda _name: None):
            if '__main__' in found.name or '.test' in found.name or '._' in found.name:
                continue
            try:
                yield found.name, importlib.import_module(found.name)
            except Exception:
                continue


warnings.simplefilter('ignore')
for name, module in modules():
    for key in sorted(vars(module)):
        value = vars(module)[key]
        if key.startswith('_') or isinstance(value, types.ModuleType):
            continue
        print(name, key)
        if isinstance(value, type):
            for member in sorted(member for member in dir(value) if not member.startswith('_')):
                print(name, f'{key}.{member}')
