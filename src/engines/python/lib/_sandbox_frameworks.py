"""Servers that copy or restart their process: what they do with one process instead.

Each entry patches a module of a package right after it was imported; the package is otherwise as installed.
"""

import os

import _sandbox_core as core
import _sandbox_os


def _patch_werkzeug_reloader(module):
    """The reloader's parent does nothing but restart its child when a file changes; here the child is the parent."""

    def run_with_reloader(main_func, *_args, **_kwargs):
        import signal
        import sys

        signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))
        core.host.substitution('werkzeug', 'The reloader does not restart the server: files do not change during a run.')
        os.environ['WERKZEUG_RUN_MAIN'] = 'true'
        try:
            main_func()
        except KeyboardInterrupt:
            pass

    module.run_with_reloader = run_with_reloader


def _patch_gunicorn_arbiter(module):
    """The master copies itself for every worker; here it goes on as its first worker, by its own code."""
    spawn_worker = module.Arbiter.spawn_worker

    def spawn_in_process(self):
        core.host.substitution('gunicorn', 'One worker runs in the process of the master: a browser cannot copy a process.')
        with _sandbox_os.fork_as_child():
            return spawn_worker(self)

    module.Arbiter.spawn_worker = spawn_in_process


def _use_fork_context(module):
    """Python 3.12 starts processes by fork on Linux; the later default starts a helper process for every lock."""
    module._default_context = module.DefaultContext(module._concrete_contexts['fork'])


AFTER_IMPORT = {
    'multiprocessing.context': _use_fork_context,
    'werkzeug._reloader': _patch_werkzeug_reloader,
    'gunicorn.arbiter': _patch_gunicorn_arbiter,
}
