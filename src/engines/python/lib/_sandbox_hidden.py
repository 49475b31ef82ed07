"""Modules of the engine that an interpreter on a machine does not have: not importable by a program."""

import sys
from importlib.machinery import PathFinder

_ENGINE = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core', 'micropip')
_LIBRARY = __file__.rpartition('/')[0]


def is_hidden(name):
    """Whether a top-level name is the engine's."""
    return name in _ENGINE


def find_spec(name):
    """The spec of a program's or package's own module of such a name; there is no other."""
    spec = PathFinder.find_spec(name)
    if spec is None and name not in sys.builtin_module_names:
        return None
    if spec is None or (spec.origin or _LIBRARY).startswith(_LIBRARY):
        raise ModuleNotFoundError(f'No module named {name!r}', name=name)
    return spec


def _keep_intl():
    import _sandbox_zones
    import js
    from pyodide.ffi import to_js

    from_entries = js.Object.fromEntries
    _sandbox_zones.attach(js.Intl, lambda options: to_js(options, dict_converter=from_entries))


def hide():
    """Takes the engine's modules out of the table of those that are loaded. The engine keeps what it uses of them."""
    _keep_intl()
    for name in [name for name in sys.modules if name.partition('.')[0] in _ENGINE]:
        del sys.modules[name]
