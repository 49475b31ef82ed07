"""`_signal`: handlers run for signals that the sandbox sends, on the main thread, as natively."""

import sys

import _sandbox_core as core

_handlers = {}
_postponed = []
"""Signals that came while another thread than the main one was running."""

_original_signal = None
_SIG_DFL, _SIG_IGN = 0, 1
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
            _original_signal(signum, _interrupt if callable(handler) else handler)
        except (OSError, ValueError):
            pass
    return previous


def _interrupt(signum, frame):
    """Called by the interpreter between two instructions, of whatever thread; handlers belong to the main one."""
    if core.current == core.main_ident:
        _handlers[signum](signum, frame)
        return
    _postponed.append(signum)
    if core.host.mainTicket:
        core.host.mainTicket.wake()


def getsignal(signum):
    return _handlers.get(int(signum), _SIG_DFL)


def deliver():
    """Runs the handlers of the signals that arrived while the main thread was blocked."""
    while signum := _postponed.pop(0) if _postponed else core.host.takeSignal():
        raise_signal(signum)


def raise_signal(signum):
    signum = int(signum)
    handler = _handlers.get(signum, _SIG_DFL)
    if handler == _SIG_IGN or (handler == _SIG_DFL and signum in _IGNORED_BY_DEFAULT):
        return
    if handler == _SIG_DFL:
        core.host.exit(128 + signum)
        return
    handler(signum, sys._getframe(1))


def install(module):
    global _original_signal
    _original_signal = module.signal
    _handlers[2] = module.default_int_handler
    _handlers[13] = _SIG_IGN
    _original_signal(2, _interrupt)
    module.signal = signal
    module.getsignal = getsignal
    module.raise_signal = raise_signal
    module.set_wakeup_fd = lambda fd, *, warn_on_full_buffer=True: -1
    module.siginterrupt = lambda signum, flag: None
    core.set_signal_delivery(deliver)
