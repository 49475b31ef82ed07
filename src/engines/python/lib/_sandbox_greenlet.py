"""`greenlet._greenlet`: the compiled core of the greenlet package, with a WebAssembly stack for each greenlet.

A switch wakes the target's stack and suspends the own one. A suspended stack holds the inner `_State` alone, so that
a greenlet nobody refers to is collected, and ends by GreenletExit, as it does over the C core.
"""

import sys

import _sandbox_core as core
import _sandbox_local
from _sandbox_greenlet_state import context_slot, get_context, running, set_context, set_running


class error(Exception):
    __module__ = 'greenlet'


class GreenletExit(BaseException):
    __module__ = 'greenlet'


class _Thread:
    """The greenlets of one thread."""

    __slots__ = ('ident', 'main', 'current', 'loop', 'task', 'doomed', 'tracer', 'tracing', 'origin', 'event')

    def __init__(self):
        self.ident = core.current
        self.loop = self.task = self.tracer = self.origin = self.event = None
        self.doomed = []
        self.tracing = False
        self.main = self.current = None


class _State:
    """What a stack needs of its greenlet."""

    __slots__ = ('thread', 'parent', 'run', 'started', 'finished', 'ticket', 'inbox', 'slot', 'context')

    def __init__(self, thread, parent):
        self.thread = thread
        self.parent = parent
        self.run = self.slot = self.context = self.ticket = self.inbox = None
        self.started = self.finished = False


_threads = {}
_cleanup = _sandbox_local.local()


class _Forget:
    """Lives as long as its thread."""

    def __init__(self, ident):
        self.ident = ident

    def __del__(self):
        _threads.pop(self.ident, None)


def _this_thread():
    thread = _threads.get(core.current)
    if thread is None:
        thread = _threads[core.current] = _Thread()
        _cleanup.forget = _Forget(thread.ident)
        main = object.__new__(greenlet)
        main._state = state = _State(thread, None)
        state.started = True
        state.slot = context_slot()
        thread.main = thread.current = main
    return thread


def getcurrent():
    return _this_thread().current


def _single(args, kwargs):
    """The value that `switch(*args, **kwargs)` carries."""
    if not kwargs:
        return args[0] if len(args) == 1 else args
    return (args, kwargs) if args else kwargs


class _Failure:
    """An exception on its way into a greenlet."""

    __slots__ = ('error',)

    def __init__(self, error):
        self.error = error


def _value_of(failure):
    """An unhandled GreenletExit is a result."""
    return failure.error if isinstance(failure.error, GreenletExit) else failure


def _check_thread(state, thread):
    if state.thread is not thread:
        raise error(
            f'Cannot switch to a different thread\n\tCurrent:  {thread.current!r}\n\tExpected: {state.thread.current!r}'
        )


def _switch(target, payload, args, kwargs, event='switch'):
    """Goes on in `target`, or in the first of its ancestors that is not dead; returns what comes back."""
    thread = _this_thread()
    _check_thread(target._state, thread)
    if thread.doomed:
        _kill_doomed(thread)
    current = thread.current
    while True:
        state = target._state
        if target is current:
            return _open(payload, thread)
        if state.started and not state.finished:
            break
        if not state.started and not isinstance(payload, _Failure):
            run = target.run
            break
        state.started = state.finished = True
        if isinstance(payload, _Failure):
            payload = _value_of(payload)
        args, kwargs = (payload,), {}
        target = state.parent
    own = current._state
    thread.origin, thread.event = current, event
    thread.loop, thread.task = running()
    thread.current = target
    if state.started:
        state.inbox = payload
        state.ticket.wake()
    else:
        _start(state, run, args, kwargs)
    # The suspended stack must not keep its own greenlet, nor what it sent.
    current = target = state = payload = args = kwargs = run = None
    return _suspend(own, thread)


def _suspend(own, thread):
    ticket = own.ticket = core.host.ticket(-1)
    core._set_running_loop(core._engine_loop)
    core._run_sync(ticket.promise)
    core.current = thread.ident
    own.ticket = None
    set_running(thread.loop, thread.task)
    if own.context is not None:
        set_context(own.slot, own.context[0])
        own.context = None
    payload, own.inbox = own.inbox, None
    return _open(payload, thread)


def _open(payload, thread):
    """What arrived, returned or raised."""
    if thread.tracer is not None and thread.origin is not None:
        _trace(thread)
    thread.origin = None
    if not isinstance(payload, _Failure):
        return payload
    failed = payload.error
    context = failed.__context__
    try:
        raise failed
    finally:
        # It comes from elsewhere: what is being handled here is no cause of it.
        failed.__context__ = context
        del failed, payload


def _start(state, run, args, kwargs):
    if not core.host.suspends:
        core.host.unsupported('engine', 'greenlet: this browser cannot suspend WebAssembly stacks (JSPI), which greenlets need')
        raise error('greenlets cannot switch in this browser')
    thread = state.thread
    state.started = True
    state.run = None

    def begin():
        core.current = thread.ident
        core.host.stackLimit.begin()
        before = core._get_running_loop()
        set_running(thread.loop, thread.task)
        state.slot = slot = context_slot()
        outer = get_context(slot)
        set_context(slot, state.context[0] if state.context is not None else None)
        state.context = None
        payload = _run(thread, run, args, kwargs)
        core.current = thread.ident
        state.context = (get_context(slot),)
        state.finished = True
        state.slot = None
        loop_and_task = running()
        set_running(before, None)
        set_context(slot, outer)
        _finish(state, thread, payload, loop_and_task)

    core.host.startThread(core.create_proxy(begin))


def _run(thread, run, args, kwargs):
    try:
        if thread.tracer is not None:
            _trace(thread)
        return run(*args, **kwargs)
    except GreenletExit as exit_error:
        return exit_error
    except BaseException as failure:
        return _Failure(failure)


def _finish(state, thread, payload, loop_and_task):
    """Hands the result of an ended greenlet to its parent."""
    thread.loop, thread.task = loop_and_task
    thread.origin, thread.event = thread.current, 'throw' if isinstance(payload, _Failure) else 'switch'
    target = state.parent
    while True:
        above = target._state
        if above.started and not above.finished:
            thread.current = target
            above.inbox = payload
            above.ticket.wake()
            return
        if not above.started and not isinstance(payload, _Failure):
            try:
                run = target.run
            except AttributeError as failure:
                payload = _Failure(failure)
            else:
                thread.current = target
                _start(above, run, (payload,), {})
                return
        above.started = above.finished = True
        if isinstance(payload, _Failure):
            payload = _value_of(payload)
        target = above.parent


def _trace(thread):
    if thread.tracing:
        return
    thread.tracing = True
    try:
        thread.tracer(thread.event, (thread.origin, thread.current))
    except BaseException:
        thread.tracer = None
        raise
    finally:
        thread.tracing = False


def _kill_doomed(thread):
    while thread.doomed:
        _kill(thread.doomed.pop(), thread)


def _kill(doomed, thread):
    """Ends a greenlet that nobody refers to any more."""
    doomed._state.parent = thread.current
    try:
        _switch(doomed, _Failure(GreenletExit()), (), {}, 'throw')
    except BaseException as failure:
        from types import SimpleNamespace

        sys.unraisablehook(
            SimpleNamespace(
                exc_type=type(failure), exc_value=failure, exc_traceback=failure.__traceback__, err_msg=None, object=doomed
            )
        )


def _exception(kind, value, traceback):
    """The arguments of `throw` as an exception."""
    if traceback is not None and not hasattr(traceback, 'tb_frame'):
        raise TypeError('throw() third argument must be a traceback object')
    if isinstance(kind, type) and issubclass(kind, BaseException):
        if isinstance(value, kind):
            made = value
        elif value is None:
            made = kind()
        else:
            made = kind(*value) if isinstance(value, tuple) else kind(value)
    elif isinstance(kind, BaseException):
        if value is not None:
            raise TypeError('instance exception may not have a separate value')
        made = kind
    else:
        raise TypeError(f'exceptions must be classes, or instances, not {type(kind).__name__}')
    return made if traceback is None else made.with_traceback(traceback)


class greenlet:
    """A stack of its own within a thread."""

    __module__ = 'greenlet'
    __slots__ = ('_state', '__dict__', '__weakref__')

    def __new__(cls, *_args, **_kwargs):
        self = object.__new__(cls)
        thread = _this_thread()
        self._state = _State(thread, thread.current)
        return self

    def __init__(self, *args, **kwargs):
        if len(args) + len(kwargs) > 2:
            raise TypeError(f'green() takes at most 2 arguments ({len(args) + len(kwargs)} given)')
        self._set(*args, **kwargs)

    def _set(self, run=None, parent=None):
        if run is not None:
            self.run = run
        if parent is not None:
            self.parent = parent

    def switch(self, *args, **kwargs):
        return _switch(self, _single(args, kwargs), args, kwargs)

    def throw(self, typ=GreenletExit, val=None, tb=None):
        failure = _Failure(_exception(typ, val, tb))
        state = self._state
        if state.finished:
            failure = _value_of(failure)
        return _switch(self, failure, (), {}, 'throw')

    @property
    def run(self):
        state = self._state
        if state.started or state.run is None:
            raise AttributeError('run')
        return state.run

    @run.setter
    def run(self, value):
        if self._state.started:
            raise AttributeError('run cannot be set after the start of the greenlet')
        self._state.run = value

    @run.deleter
    def run(self):
        if self._state.started:
            raise AttributeError('run cannot be set after the start of the greenlet')
        if self._state.run is None:
            raise AttributeError('run')
        self._state.run = None

    @property
    def parent(self):
        return self._state.parent

    @parent.setter
    def parent(self, value):
        if not isinstance(value, greenlet):
            raise TypeError(f'GreenletChecker: Expected any type of greenlet, not {type(value).__name__}')
        state = self._state
        if state.thread.main is self:
            raise AttributeError('cannot set the parent of a main greenlet')
        above = value
        while above is not None:
            if above is self:
                raise ValueError('cyclic parent chain')
            above = above._state.parent
        if value._state.thread is not state.thread:
            if state.started:
                raise ValueError('parent cannot be on a different thread')
            state.thread = value._state.thread
        state.parent = value

    @parent.deleter
    def parent(self):
        raise AttributeError("can't delete attribute")

    @property
    def dead(self):
        return self._state.finished

    @property
    def gr_context(self):
        state = self._state
        if state.slot is not None and state.thread.current is self:
            if state.thread.ident != core.current:
                raise ValueError('cannot get context of a greenlet that is running in a different thread')
            return get_context(state.slot)
        if state.context is not None:
            return state.context[0]
        return None if state.slot is None else get_context(state.slot)

    @gr_context.setter
    def gr_context(self, value):
        from contextvars import Context

        if value is not None and not isinstance(value, Context):
            raise TypeError('greenlet context must be a contextvars.Context or None')
        state = self._state
        if state.slot is not None and state.thread.current is self:
            if state.thread.ident != core.current:
                raise ValueError('cannot set context of a greenlet that is running in a different thread')
            set_context(state.slot, value)
        else:
            state.context = (value,)

    @property
    def gr_frame(self):
        return None

    def __bool__(self):
        return self._state.started and not self._state.finished

    def __getstate__(self):
        raise TypeError(f"cannot serialize '{type(self).__module__}.{type(self).__qualname__}' object")

    def __repr__(self):
        state = self._state
        words = ['current'] if state.thread.current is self else []
        if state.started:
            words += ['dead'] if state.finished else (['active'] if not words else []) + ['started']
        else:
            words.append('pending')
        if state.thread.main is self:
            words.append('main')
        kind = f'{type(self).__module__}.{type(self).__qualname__}'
        return f'<{kind} object at {id(self):#x} (otid={id(state.thread):#x}) {" ".join(words)}>'

    def __del__(self):
        state = self._state
        if not state.started or state.finished or state.thread.main is self or sys.is_finalizing():
            return
        if state.thread.ident != core.current:
            state.thread.doomed.append(self)
        else:
            _kill(self, state.thread)


def settrace(callback):
    thread = _this_thread()
    previous, thread.tracer = thread.tracer, callback
    return previous


def gettrace():
    return _this_thread().tracer


def install(module):
    """Fills `greenlet._greenlet`."""
    greenlet.GreenletExit, greenlet.error = GreenletExit, error
    for function in (getcurrent, settrace, gettrace):
        function.__module__ = 'greenlet._greenlet'
        setattr(greenlet, function.__name__, staticmethod(function))
        setattr(module, function.__name__, function)
    module.greenlet, module.error, module.GreenletExit = greenlet, error, GreenletExit
    module.UnswitchableGreenlet = type('UnswitchableGreenlet', (greenlet,), {'__module__': 'greenlet._greenlet'})
    module._C_API = object()
    module.GREENLET_USE_GC = module.GREENLET_USE_CONTEXT_VARS = module.GREENLET_USE_TRACING = 1
    module.GREENLET_USE_STANDARD_THREADING = True
    module.CLOCKS_PER_SEC = 1_000_000
    module.enable_optional_cleanup = lambda _enabled: None
    module.get_clocks_used_doing_optional_cleanup = lambda: 0
    module.get_pending_cleanup_count = lambda: 0
    module.get_total_main_greenlets = lambda: len(_threads)
    module.set_thread_local = lambda key, value: None
    core.host.substitution('greenlet', 'its compiled core is replaced: each greenlet is a WebAssembly stack')
