"""`_thread`: threads as stacks of their own, and the locks they wait on."""

import _thread
from collections import deque

import _sandbox_core as core
import _sandbox_local

_FIRST_IDENT = 0x7F0000000000
"""Identities look like those of Linux, where they are addresses."""

TIMEOUT_MAX = 9223372036.0

_next_ident = _FIRST_IDENT
_running = 0
_stack_size = 0
_joinable = {}
"""Handles of running non-daemon threads by ident: what the interpreter waits for at exit."""


def get_ident():
    return core.current


def get_native_id():
    return core.current


class lock:
    """A lock that any thread may release."""

    __slots__ = ('_locked', '_waiters', '__weakref__')

    def __init__(self):
        self._locked = False
        self._waiters = deque()

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError('timeout value must be positive')
        if timeout > TIMEOUT_MAX:
            raise OverflowError('timestamp out of range for platform time_t')
        if self._locked:
            if not blocking:
                return False
            if not core.wait_until(self._is_free, self._waiters, None if timeout == -1 else timeout):
                return False
        self._locked = True
        return True

    def _is_free(self):
        return not self._locked

    def release(self):
        if not self._locked:
            raise RuntimeError('release unlocked lock')
        self._locked = False
        if self._waiters:
            core.wake(self._waiters, 1)

    def locked(self):
        return self._locked

    def _at_fork_reinit(self):
        self.__init__()

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_exc_info):
        self.release()

    def __repr__(self):
        state = 'locked' if self._locked else 'unlocked'
        return f'<{state} _thread.lock object at {id(self):#x}>'


class RLock:
    """A lock that its owner may take again."""

    __slots__ = ('_block', '_owner', '_count', '__weakref__')

    def __init__(self):
        self._block = lock()
        self._owner = 0
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        me = core.current
        if self._owner == me and self._count:
            self._count += 1
            return True
        if not self._block.acquire(blocking, timeout):
            return False
        self._owner = me
        self._count = 1
        return True

    def release(self):
        if self._owner != core.current or not self._count:
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = 0
            self._block.release()

    def locked(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_exc_info):
        self.release()

    def _is_owned(self):
        return self._owner == core.current and self._count > 0

    def _recursion_count(self):
        return self._count if self._owner == core.current else 0

    def _release_save(self):
        if not self._count:
            raise RuntimeError('cannot release un-acquired lock')
        state = (self._count, self._owner)
        self._count = 0
        self._owner = 0
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self):
        self.__init__()

    def __repr__(self):
        state = 'locked' if self._count else 'unlocked'
        return f'<{state} _thread.RLock object owner={self._owner} count={self._count} at {id(self):#x}>'


class ThreadHandle:
    """What `threading.Thread` keeps of the thread that it started."""

    __slots__ = ('ident', '_done', '_waiters', '__weakref__')

    def __init__(self, ident=0):
        self.ident = ident
        self._done = False
        self._waiters = deque()

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True
        core.wake(self._waiters)

    def join(self, timeout=None):
        if self._done:
            return
        if self.ident == core.current:
            raise RuntimeError('Cannot join current thread')
        if timeout is not None and timeout < 0:
            timeout = None
        core.wait_until(self.is_done, self._waiters, timeout)

    def __repr__(self):
        return f'<_ThreadHandle object: ident={self.ident}>'


def _make_thread_handle(ident):
    return ThreadHandle(ident)


def _launch(function, handle, daemon):
    """Starts `function()` on a stack of its own, at the next chance to run."""
    global _next_ident, _running
    _next_ident += 0x1000
    ident = handle.ident = _next_ident
    _running += 1
    core.threads.add(ident)
    if not daemon:
        _joinable[ident] = handle

    def run():
        core.current = ident
        core.running = True
        if core.host.suspends:
            core.host.stackLimit.begin()
        try:
            function()
        except SystemExit:
            pass
        finally:
            core.current = ident
            if ident not in core.paused:
                ended()
            core.running = False

    def ended():
        global _running
        _running -= 1
        core.threads.discard(ident)
        _joinable.pop(ident, None)
        _sandbox_local.forget_thread(ident)
        handle._set_done()

    core.start_stack(run, function, ident)
    return ident


def start_joinable_thread(function, handle=None, daemon=True):
    if not callable(function):
        raise TypeError('thread function must be callable')
    handle = ThreadHandle() if handle is None else handle
    _launch(function, handle, daemon)
    return handle


def start_new_thread(function, args, kwargs=None):
    if not callable(function):
        raise TypeError('first arg must be callable')
    if not isinstance(args, tuple):
        raise TypeError('2nd arg must be a tuple')
    from contextvars import Context

    context = Context()

    def run():
        try:
            context.run(function, *args, **(kwargs or {}))
        except SystemExit:
            raise
        except BaseException as error:
            _report_unraisable(function, error)

    return _launch(run, ThreadHandle(), True)


def _report_unraisable(function, error):
    """Hands an exception that ends a bare thread to the program's hook, or prints it as the interpreter's does."""
    import sys

    said = 'Exception ignored in thread started by'
    if sys.unraisablehook is sys.__unraisablehook__:
        import traceback

        print(f'{said}: {function!r}', file=sys.stderr)
        traceback.print_exception(error)
        return
    from types import SimpleNamespace

    sys.unraisablehook(
        SimpleNamespace(
            exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, err_msg=said, object=function
        )
    )


def interrupt_main(signum=2, /):
    import _signal

    if not 1 <= signum <= 64:
        raise ValueError('signal number out of range')
    if callable(_signal.getsignal(signum)):
        _signal.raise_signal(signum)


def stack_size(size=0):
    global _stack_size
    if size < 0:
        raise ValueError('size must be 0 or a positive value')
    previous, _stack_size = _stack_size, size
    return previous


def _count():
    return _running


def _shutdown():
    """Waits for all threads that are not daemons."""
    while _joinable:
        next(iter(_joinable.values())).join()


def install():
    """Completes `_thread` in place: importlib, already running, shares the module with everybody else."""
    main_ident = _thread._get_main_thread_ident()
    core.set_main(main_ident)
    lock.__module__ = RLock.__module__ = ThreadHandle.__module__ = '_thread'
    ThreadHandle.__name__ = ThreadHandle.__qualname__ = '_ThreadHandle'
    replacements = {
        'get_ident': get_ident,
        'get_native_id': get_native_id,
        'allocate_lock': lock,
        'allocate': lock,
        'lock': lock,
        'LockType': lock,
        'RLock': RLock,
        'start_joinable_thread': start_joinable_thread,
        'start_new_thread': start_new_thread,
        'start_new': start_new_thread,
        '_ThreadHandle': ThreadHandle,
        '_make_thread_handle': _make_thread_handle,
        'daemon_threads_allowed': lambda: True,
        'interrupt_main': interrupt_main,
        'stack_size': stack_size,
        '_count': _count,
        '_shutdown': _shutdown,
        '_local': _sandbox_local.local,
        'TIMEOUT_MAX': TIMEOUT_MAX,
    }
    for name, replacement in replacements.items():
        setattr(_thread, name, replacement)
    for function in (get_ident, get_native_id, stack_size, interrupt_main, start_new_thread, start_joinable_thread):
        function.__module__ = '_thread'
