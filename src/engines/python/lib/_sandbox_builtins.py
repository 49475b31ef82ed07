"""Completes built-in C modules when they are first imported."""

import sys
from importlib.machinery import BuiltinImporter, ModuleSpec, PathFinder

import _sandbox_hidden
import _sandbox_modules

hides = False
"""Whether the engine's own modules are out of reach: once it has started."""


def _patch_time(module):
    import _sandbox_core

    module.sleep = _sandbox_core.sleep


def _patch_socket(module):
    import _sandbox_socket_functions

    _sandbox_socket_functions.install(module)


def _patch_select(module):
    import _sandbox_select

    _sandbox_select.install(module)


def _patch_queue(module):
    # Blocks inside C, out of reach of a thread switch; the standard library has the same class in Python.
    del module.SimpleQueue


def _patch_signal(module):
    import _sandbox_signal

    _sandbox_signal.install(module)


def _patch_posixsubprocess(module):
    import _sandbox_process

    module.fork_exec = _sandbox_process.fork_exec


def _patch_fcntl(module):
    import _sandbox_os

    _sandbox_os.install_fcntl(module)


def _patch_ssl(module):
    import _sandbox_ssl

    _sandbox_ssl.install(module)


def _patch_sqlite3(module):
    import _sandbox_sqlite

    _sandbox_sqlite.install(module)


_OWN_PATH = [__file__.rpartition('/')[0]]
"""Where these modules lie; not on `sys.path`, which is the program's."""

_PATCHES = {
    '_socket': _patch_socket,
    'select': _patch_select,
    '_queue': _patch_queue,
    '_signal': _patch_signal,
    '_posixsubprocess': _patch_posixsubprocess,
    '_sqlite3': _patch_sqlite3,
    'fcntl': _patch_fcntl,
}


class _PatchingLoader:
    """Loads a built-in module as usual, then completes it."""

    def __init__(self, patch):
        self._patch = patch

    def create_module(self, spec):
        return BuiltinImporter.create_module(spec)

    def exec_module(self, module):
        BuiltinImporter.exec_module(module)
        self._patch(module)


class _AfterImportLoader:
    """Loads a package's module as its own loader does, then patches it."""

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def exec_module(self, module):
        self._loader.exec_module(module)
        patch = after_import.get(module.__name__)
        if patch is None:
            import _sandbox_frameworks

            patch = _sandbox_frameworks.AFTER_IMPORT[module.__name__]
        patch(module)


class _CoreLoader:
    """Fills a package's compiled module with the core of ours that takes its place."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        from importlib import import_module

        name = PACKAGE_CORES.get(module.__name__) or DISTRIBUTION_CORES[module.__name__][1]
        import_module(name).install(module)


class _Finder:
    """Finds the built-in modules that are completed, and the ones that this interpreter was built without."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if path is not None:
            return _sandbox_modules.find_spec(name) if name == 'dbm.dumb' and not path else _find_patched(name, path)
        if name in _PATCHES:
            spec = BuiltinImporter.find_spec(name)
            if spec is not None:
                spec.loader = _PatchingLoader(_PATCHES[name])
            return spec
        if name.startswith('_sandbox_'):
            return PathFinder.find_spec(name, _OWN_PATH)
        if name in DISTRIBUTION_CORES:
            return _find_distribution_core(name)
        if name in after_import:
            return _find_library(name)
        if hides and _sandbox_hidden.is_hidden(name):
            return _sandbox_hidden.find_spec(name)
        return _sandbox_modules.find_spec(name)


_AFTER_IMPORT = {
    'django.template.context',
    'django.utils.autoreload',
    'gunicorn.arbiter',
    'hypercorn.run',
    'multiprocessing.context',
    'uvicorn.supervisors.basereload',
    'uvicorn.supervisors.multiprocess',
    'werkzeug._reloader',
}
"""Modules of packages that `_sandbox_frameworks` patches."""

PACKAGE_CORES = {
    '_argon2_cffi_bindings._ffi': '_sandbox_argon2',
    'bcrypt._bcrypt': '_sandbox_bcrypt',
    'cryptography.hazmat.bindings._rust': '_sandbox_cryptography',
    'greenlet._greenlet': '_sandbox_greenlet',
    'orjson.orjson': '_sandbox_orjson',
    'rpds.rpds': '_sandbox_rpds',
}
"""Compiled modules inside packages, found where the package is installed, and the modules of ours that fill them."""

DISTRIBUTION_CORES = {'_cffi_backend': ('cffi', '_sandbox_cffi'), 'ujson': ('ujson', '_sandbox_ujson')}
"""Compiled modules outside of packages, with the distribution that has to be installed, and what fills them."""


def _find_distribution_core(name):
    """The spec of such a module, where the distribution lies on the search path."""
    import os

    distribution = DISTRIBUTION_CORES[name][0]
    for folder in sys.path:
        try:
            entries = os.listdir(folder or '.')
        except OSError:
            continue
        if any(entry.startswith(f'{distribution}-') and entry.endswith('.dist-info') for entry in entries):
            return ModuleSpec(name, _CoreLoader(), origin=f'{folder}/{name}.so')
    return None


after_import = {'ssl': _patch_ssl}
"""Further modules, also of the standard library, with what patches them."""


def _find_library(name):
    """The spec of a module of the standard library that is patched; a program's own module of that name is not."""
    spec = PathFinder.find_spec(name)
    if spec is not None and spec.loader is not None and (spec.origin or '').startswith(_OWN_PATH[0]):
        spec.loader = _AfterImportLoader(spec.loader)
    return spec


def _find_patched(name, path):
    """The spec of a package's module whose loader patches it after it has run, or of its compiled core."""
    if name in PACKAGE_CORES:
        return ModuleSpec(name, _CoreLoader(), origin=f'{list(path)[0]}/{name.rpartition(".")[2]}.so')
    if name not in _AFTER_IMPORT and name not in after_import:
        return None
    spec = PathFinder.find_spec(name, path)
    if spec is not None and spec.loader is not None:
        spec.loader = _AfterImportLoader(spec.loader)
    return spec


def install():
    import os
    import posix
    import time

    import _sandbox_compile
    import _sandbox_older
    import _sandbox_os

    _patch_time(time)
    for name, patch in _PATCHES.items():
        if name in sys.modules:
            patch(sys.modules[name])
    _sandbox_os.install(os, posix)
    _sandbox_compile.install()
    _sandbox_older.install()
    sys.meta_path.insert(0, _Finder)
