"""Turns the freshly loaded interpreter into the `python3` of the sandbox; runs once per process."""

import sys

import _sandbox_builtins
import _sandbox_core as core
import _sandbox_files
import _sandbox_hidden
import _sandbox_os
import _sandbox_preload
import _sandbox_process

ENGINE_PATH = '/lib/python3.14/site-packages'


def _standard_input():
    import io

    class RawStandardInput(io.RawIOBase):
        name = '<stdin>'
        mode = 'rb'

        def readable(self):
            return True

        def fileno(self):
            return 0

        def readinto(self, buffer):
            data = _sandbox_os.read_standard_input(len(buffer))
            buffer[: len(data)] = data
            return len(data)

    return io.TextIOWrapper(io.BufferedReader(RawStandardInput()), encoding='utf-8', errors='strict')


def _restore_event_loops():
    """Undoes what the engine's loader did to asyncio and time: submissions get the selector loop."""
    import asyncio
    import asyncio.runners
    import time
    from asyncio import events

    engine_loop = events._get_running_loop() or asyncio.get_event_loop()
    asyncio.run = asyncio.runners.run
    time.sleep = core.sleep
    events._set_event_loop_policy(None)
    events._set_running_loop(None)
    return engine_loop


def _set_environment(text):
    """The interpreter may have started before its process was known, and the engine sets variables of its own."""
    import _locale
    import os
    import time

    words = text.split('\0')
    wanted = dict(zip(words[::2], words[1::2]))
    for name in [name for name in os.environ if name not in wanted]:
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    if 'TZ' in wanted:
        time.tzset()
    # Whatever the variables say: there is no other locale, and 'C' is taken for this one.
    _locale.setlocale(_locale.LC_CTYPE, 'C.UTF-8')
    sys.dont_write_bytecode = bool(wanted.get('PYTHONDONTWRITEBYTECODE')) or '-B' in sys.orig_argv


def _set_paths(site_packages, search_path):
    import os
    import site

    sys.prefix = sys.exec_prefix = sys.base_prefix = sys.base_exec_prefix = '/usr/local'
    sys.path[:] = [entry for entry in sys.path if entry not in ('', ENGINE_PATH)]
    site.PREFIXES[:] = ['/usr/local']
    # The interpreter starts before the disk is there: what it looked for and missed may exist now.
    for entry in [entry for entry, finder in sys.path_importer_cache.items() if finder is None]:
        del sys.path_importer_cache[entry]
    if search_path and not sys.flags.ignore_environment:
        sys.path[:0] = search_path.split(':')
    if os.path.isdir(site_packages):
        site.addsitedir(site_packages)
    elif site_packages not in sys.path:
        sys.path.append(site_packages)


def _hide_engine():
    """Modules of the engine that a submission could import by accident, and that it does not have natively."""
    _sandbox_hidden.hide()
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if 'pyodide' not in (getattr(type(finder), '__module__', '') or '')
        and 'pyodide' not in (getattr(finder, '__module__', '') or '')
    ]  # fmt: skip
    _sandbox_builtins.hides = True


def boot(host, disk, unbuffered, environment, search_path):
    """Connects to the worker and sets up streams, paths, environment. Called from JavaScript.

    `environment`: names and values in turn, each ended by a NUL. `search_path`: PYTHONPATH, its folders absolute.
    """
    import os

    from pyodide import ffi

    _set_environment(environment)
    _sandbox_files.attach(disk)
    _sandbox_process.set_identity(host.pid, host.ppid)
    core.attach(host, ffi, _restore_event_loops())
    host.onChildExit(ffi.create_proxy(_sandbox_process.child_exited))
    sys.stdin = sys.__stdin__ = _standard_input()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, write_through=unbuffered)
    sys.executable = sys._base_executable = host.executable
    _set_paths(host.sitePackages, search_path)
    sys.excepthook = sys.__excepthook__
    if os.path.isdir(host.cwd):
        os.chdir(host.cwd)
    _hide_engine()
    _sandbox_preload.refresh()
    _sandbox_preload.hide()
