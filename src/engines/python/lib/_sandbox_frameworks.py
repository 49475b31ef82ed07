"""Patches of packages that restart their process when a file changes, or copy it for their workers.

Each entry patches a module of a package right after it was imported; the package is otherwise as installed.
"""

import os

import _sandbox_core as core
import _sandbox_supervisors

_NO_RELOAD = 'The reloader does not restart the server: files do not change during a run.'


def _end_at_sigterm():
    import signal
    import sys

    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))


def _patch_werkzeug_reloader(module):
    """The reloader's parent does nothing but restart its child when a file changes; here the child is the parent."""

    def run_with_reloader(main_func, *_args, **_kwargs):
        _end_at_sigterm()
        core.host.substitution('werkzeug', _NO_RELOAD)
        os.environ['WERKZEUG_RUN_MAIN'] = 'true'
        module._log('info', ' * Restarting with stat')
        _announce_debugger(getattr(main_func, '__self__', None), module._log)
        try:
            main_func()
        except KeyboardInterrupt:
            pass

    module.run_with_reloader = run_with_reloader


def _announce_debugger(server, log):
    """Says what the debugger says when it is made in the restarted process."""
    debugger = getattr(server, 'app', None)
    if getattr(debugger, 'pin_logging', False):
        log('warning', ' * Debugger is active!')
        if debugger.pin is None:
            log('warning', ' * Debugger PIN disabled. DEBUGGER UNSECURED!')
        else:
            log('info', ' * Debugger PIN: %s', debugger.pin)


def _patch_django_autoreload(module):
    """As with Werkzeug: the server runs in the process that would restart it."""

    def run_with_reloader(main_func, *args, **kwargs):
        _end_at_sigterm()
        core.host.substitution('django', _NO_RELOAD)
        os.environ[module.DJANGO_AUTORELOAD_ENV] = 'true'
        module.logger.info('Watching for file changes with %s', 'StatReloader')
        try:
            main_func(*args, **kwargs)
        except KeyboardInterrupt:
            pass

    module.run_with_reloader = run_with_reloader


def _patch_django_context(module):
    """Before Django 5.2.8 a context copies itself through `copy(super())`, which Python 3.14 no longer can."""
    import copy

    try:
        copy.copy(module.Context())
        return
    except AttributeError:
        pass

    def copy_context(self):
        duplicate = module.BaseContext()
        duplicate.__class__ = self.__class__
        duplicate.__dict__ = copy.copy(self.__dict__)
        duplicate.dicts = self.dicts[:]
        return duplicate

    module.BaseContext.__copy__ = copy_context


def _use_fork_context(module):
    """Python 3.12 starts processes by fork on Linux; the later default starts a helper process for every lock."""
    module._default_context = module.DefaultContext(module._concrete_contexts['fork'])


AFTER_IMPORT = {
    'multiprocessing.context': _use_fork_context,
    'django.template.context': _patch_django_context,
    'django.utils.autoreload': _patch_django_autoreload,
    'gunicorn.arbiter': _sandbox_supervisors.patch_gunicorn_arbiter,
    'hypercorn.run': _sandbox_supervisors.patch_hypercorn_run,
    'uvicorn.supervisors.basereload': _sandbox_supervisors.patch_uvicorn_basereload,
    'uvicorn.supervisors.multiprocess': _sandbox_supervisors.patch_uvicorn_multiprocess,
    'werkzeug._reloader': _patch_werkzeug_reloader,
}
