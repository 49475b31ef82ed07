"""Modules of the standard library that were imported ahead of the program.

Importing takes most of a server's start. What the engine has imported for itself, and what a snapshot of the
interpreter holds beside that, is kept out of `sys.modules` until the program imports it, together with what it
imports in turn. A program therefore sees what it has imported and nothing else, and a module of its own that bears
the name of a standard one is found first, as anywhere. Where a program changes what an import would find (such a
module, an entry of `sys.modules`), all that it has not imported yet is forgotten, and imported from its file again.
"""

import builtins
import sys

_VISIBLE = frozenset(
    '__main__ _abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal _sitebuiltins '
    '_stat _thread _warnings _weakref abc builtins codecs encodings encodings.aliases encodings.utf_8 genericpath io '
    'marshal os os.path posix posixpath site stat sys time zipimport'.split()
)
"""What CPython has imported when a program starts."""

_COMPILED = frozenset(('_asyncio', '_pickle'))
"""Built-in modules that hold classes of the modules above them, and are forgotten with those. Others stay visible."""

_ALIASES = {
    'collections': ('collections.abc',),
    'importlib': ('importlib._bootstrap', 'importlib._bootstrap_external'),
}
"""Entries of `sys.modules` that a module makes itself."""

_OF_SERVERS = (
    'argparse ast asyncio base64 bisect bz2 calendar code collections concurrent concurrent.futures '
    'concurrent.futures.thread configparser contextlib contextvars copy copyreg dataclasses datetime decimal '
    'difflib dis email email.base64mime email.charset email.contentmanager email.encoders email.errors '
    'email.feedparser email.generator email.header email.headerregistry email.iterators email.message email.mime '
    'email.mime.base email.mime.message email.mime.multipart email.mime.nonmultipart email.mime.text email.parser '
    'email.policy email.quoprimime email.utils enum fnmatch fractions functools getpass gettext glob graphlib gzip '
    'hashlib heapq hmac html html.entities html.parser http http.client http.cookiejar http.cookies http.server '
    'importlib importlib.abc importlib.metadata importlib.resources inspect ipaddress json keyword linecache locale '
    'logging logging.config logging.handlers lzma mimetypes numbers operator pathlib pickle platform pprint queue '
    'quopri random re reprlib secrets selectors shlex shutil signal socket socketserver sqlite3 ssl string struct '
    'subprocess sysconfig tempfile textwrap threading token tokenize traceback types typing urllib urllib.error '
    'urllib.parse urllib.request urllib.response uuid warnings weakref wsgiref wsgiref.handlers wsgiref.headers '
    'wsgiref.simple_server wsgiref.util zipfile zoneinfo'
)
"""What Flask, FastAPI, Django, aiohttp, SQLAlchemy and their servers import of the standard library."""

_STANDARD_LIBRARY = '/lib/python314.zip'

_import = builtins.__import__
_needs = {}
"""Of each module the names of those that were imported while it ran for the first time."""

_hidden = {}
_shown = {}
_unbound = set()
"""Hidden submodules whose name was taken out of their package."""


def watch():
    """Notes from now on which modules need which."""
    builtins.__import__ = _watching_import


def _watching_import(name, globals=None, locals=None, fromlist=(), level=0):
    module = _import(name, globals, locals, fromlist, level)
    spec = globals.get('__spec__') if globals is not None else None
    # What functions import later is found when they run.
    if getattr(spec, '_initializing', False):
        _note(spec.name, name if level == 0 else _absolute(name, globals, level), fromlist or ())
    return module


def _absolute(name, globals, level):
    package = (globals.get('__package__') or globals['__name__']).split('.')
    base = package[: len(package) - level + 1]
    return '.'.join([*base, name] if name else base)


def _note(importer, name, fromlist):
    needs = _needs.setdefault(importer, {})
    for item in fromlist:
        if f'{name}.{item}' in sys.modules:
            needs[f'{name}.{item}'] = None
    while name:
        needs[name] = None
        name = name.rpartition('.')[0]


def prepare():
    """Imports what servers import, for a snapshot; no program runs in this interpreter."""
    from importlib import import_module

    for name in _OF_SERVERS.split():
        import_module(name)
    import_module('_sandbox_boot')
    import_module('_sandbox_run')


def refresh():
    """Renews what modules took from the world when they were imported: the interpreter may come from a snapshot."""
    import logging
    import random
    import time

    random.seed()
    logging._startTime = time.time_ns()


def hide():
    """Takes out of sight what the program has not imported. Called when the process is set up."""
    builtins.__import__ = _import
    for name, module in list(sys.modules.items()):
        if _is_hideable(name, module):
            _hidden[name] = sys.modules.pop(name)
    for name in _hidden:
        package, _, child = name.rpartition('.')
        parent = _hidden.get(package) or sys.modules.get(package)
        aliased = name in _ALIASES.get(package, ())
        if parent is not None and not aliased and parent.__dict__.get(child) is _hidden[name]:
            delattr(parent, child)
            _unbound.add(name)
    for package, aliases in _ALIASES.items():
        _needs.setdefault(package, {}).update(dict.fromkeys(aliases))
    sys.meta_path.insert(0, _Finder)


def _is_hideable(name, module):
    if name in _VISIBLE or name == 'sitecustomize':
        return name == 'sitecustomize'
    if name in _COMPILED:
        return True
    origin = getattr(getattr(module, '__spec__', None), 'origin', None) or ''
    if any(name in aliases for aliases in _ALIASES.values()):
        return True
    return origin == 'frozen' or (
        origin.startswith(_STANDARD_LIBRARY) and not name.lstrip('_').startswith(('sandbox_', 'pyodide'))
    )


class _Loader:
    """Loads a hidden module by showing it."""

    def __init__(self, module):
        self._module = module
        self._spec = module.__spec__

    def __getattr__(self, name):
        return getattr(self._spec.loader, name)

    def create_module(self, spec):
        return self._module

    def exec_module(self, module):
        module.__spec__ = self._spec
        name = self._spec.name
        for needed in _closure(name):
            if needed in _hidden:
                _show(needed)


class _Finder:
    """Finds hidden modules, as long as the program has not changed what their import would find."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in _hidden or target is not None:
            return None
        if not _is_as_it_was(_closure(name)):
            _hidden.clear()
            return None
        return _spec(_hidden[name])


def _spec(module):
    from _frozen_importlib import ModuleSpec

    original = module.__spec__
    spec = ModuleSpec(original.name, _Loader(module), origin=original.origin)
    spec.submodule_search_locations = original.submodule_search_locations
    spec.has_location = original.has_location
    spec.cached = original.cached
    return spec


def _closure(name):
    """The hidden modules that the import of one leads to, and what these need of the ones that the program has."""
    found = {}
    waiting = [name]
    while waiting:
        needed = waiting.pop()
        if needed in found or not (needed in _hidden or needed in _shown):
            continue
        found[needed] = None
        if needed in _hidden:
            waiting.extend(_needs.get(needed, ()))
            waiting.append(needed.rpartition('.')[0])
    return found


def _is_as_it_was(names):
    for name in names:
        if name in _hidden:
            if name in sys.modules:
                return False
        elif sys.modules.get(name) is not _shown[name]:
            return False
    return not _is_shadowed({name for name in names if name in _hidden and '.' not in name and name not in _COMPILED})


def _is_shadowed(names):
    """Whether a folder of `sys.path` before the standard library has a module of one of these names."""
    import posix
    from _frozen_importlib_external import PathFinder

    for entry in sys.path:
        if entry == _STANDARD_LIBRARY:
            return False
        try:
            candidates = {file.partition('.')[0] for file in posix.listdir(entry or '.')} & names
        except OSError:
            candidates = names if entry in sys.path_importer_cache and entry.endswith(('.zip', '.pyz', '.egg')) else ()
        for name in candidates:
            spec = PathFinder.find_spec(name, [entry])
            if spec is not None and spec.loader is not None:
                return True
    return True


def _show(name):
    module = _shown[name] = _hidden.pop(name)
    sys.modules[name] = module
    if name in _unbound:
        package, _, child = name.rpartition('.')
        parent = _shown.get(package) or _hidden.get(package) or sys.modules.get(package)
        if parent is not None:
            setattr(parent, child, module)
