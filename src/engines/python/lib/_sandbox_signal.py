"""`_signal`: handlers run for signals that the sandbox sends, on the main thread, as natively."""

import sys

import _sandbox_core as core

_handlers = {}
_postponed = []
"""Signals that came while another thread than the main one was running."""

_on_signal = None
_on_kill = None
"""Set while a child runs inside this process, see `_sandbox_child`."""

_wakeup_fd = -1

_original_signal = None
_SIG_DFL, _SIG_IGN = 0, 1
_native_defaults = {}
"""The interpreter's own words for these two."""

_IGNORED_BY_DEFAULT = {17, 18, 23, 28}
"""SIGCHLD, SIGCONT, SIGURG, SIGWINCH."""


def signal(signum, handler):
    if core.current != core.main_ident:
        raise ValueError('signal only works in main thread of the main interpreter')
    if not callable(handler) and handler not in (_SIG_DFL, _SIG_IGN):
        raise TypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    signum = int(signum)
    if not 1 <= signum <= 64:
        raise ValueError('signal number out of range')
    if signum in (9, 19):
        import errno

        raise OSError(errno.EINVAL, 'Invalid argument')
    previous = _handlers.get(signum, _SIG_DFL)
    _handlers[signum] = handler
    if _original_signal is not None:
        # For a loop that never blocks the interpreter itself looks for signals.
        try:
            _original_signal(signum, _interrupt if callable(handler) else _native_defaults[int(handler)])
        except (OSError, ValueError):
            pass
    return previous


def _interrupt(signum, frame):
    """Called by the interpreter between two instructions, of whatever thread; handlers belong to the main one."""
    if core.current == core.main_ident:
        _arrive(signum)
        return
    _postponed.append(signum)
    if core.host.mainTicket:
        core.host.mainTicket.wake()


def getsignal(signum):
    return _handlers.get(int(signum), _SIG_DFL)


def deliver():
    """Runs the handlers of the signals that arrived while the main thread was blocked."""
    while signum := _postponed.pop(0) if _postponed else core.host.takeSignal():
        _arrive(signum)


def _arrive(signum):
    """Handles a signal that somebody sent to this process."""
    if _on_signal is not None:
        signum = _on_signal(signum)
    if signum:
        raise_signal(signum)


def set_wakeup_fd(fd, *, warn_on_full_buffer=True):
    """The descriptor that gets the number of every signal with a handler as a byte; -1 for none."""
    global _wakeup_fd
    import os

    if core.current != core.main_ident:
        raise ValueError('set_wakeup_fd only works in main thread of the main interpreter')
    fd = fd.__index__()
    if fd != -1:
        os.fstat(fd)
    previous, _wakeup_fd = _wakeup_fd, fd
    return previous


def _wake_up(signum):
    import os

    try:
        os.write(_wakeup_fd, bytes([signum]))
    except OSError:
        # A full pipe wakes its reader as well.
        return


def set_child(on_signal, on_kill):
    """Hooks of a child inside this process, (None, None) for none; returns those that were set before."""
    global _on_signal, _on_kill
    before = _on_signal, _on_kill
    _on_signal, _on_kill = on_signal, on_kill
    return before


def raise_signal(signum):
    signum = int(signum)
    handler = _handlers.get(signum, _SIG_DFL)
    if handler == _SIG_IGN or (handler == _SIG_DFL and signum in _IGNORED_BY_DEFAULT):
        return
    if handler == _SIG_DFL:
        if _on_kill is not None:
            _on_kill(signum)
        core.host.exit(128 + signum)
        return
    if _wakeup_fd != -1:
        _wake_up(signum)
    handler(signum, sys._getframe(1))


def install(module):
    global _original_signal
    _original_signal = module.signal
    _native_defaults.update({_SIG_DFL: module.SIG_DFL, _SIG_IGN: module.SIG_IGN})
    module.SIG_DFL, module.SIG_IGN = _SIG_DFL, _SIG_IGN
    _handlers[2] = module.default_int_handler
    _handlers[13] = _SIG_IGN
    _original_signal(2, _interrupt)
    module.signal = signal
    module.getsignal = getsignal
    module.raise_signal = raise_signal
    module.set_wakeup_fd = set_wakeup_fd
    module.siginterrupt = lambda signum, flag: None
    core.set_signal_delivery(deliver)
