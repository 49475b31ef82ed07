"""`greenlet._greenlet`: the compiled core of the greenlet package. How it switches: `_sandbox_greenlet_switch`."""

import sys

import _sandbox_core as core
import _sandbox_greenlet_switch as switching
from _sandbox_greenlet_state import get_context, set_context
from _sandbox_greenlet_switch import Failure, GreenletExit, State, error, kill, switch, this_thread, value_of


def getcurrent():
    return this_thread().current


def _single(args, kwargs):
    """The value that `switch(*args, **kwargs)` carries."""
    if not kwargs:
        return args[0] if len(args) == 1 else args
    return (args, kwargs) if args else kwargs


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
        thread = this_thread()
        self._state = State(thread, thread.current)
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
        return switch(self, _single(args, kwargs), args, kwargs)

    def throw(self, typ=GreenletExit, val=None, tb=None):
        failure = Failure(_exception(typ, val, tb))
        state = self._state
        if state.finished:
            failure = value_of(failure)
        return switch(self, failure, (), {}, 'throw')

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
            kill(self, state.thread)


switching.main_class = greenlet


def settrace(callback):
    thread = this_thread()
    previous, thread.tracer = thread.tracer, callback
    return previous


def gettrace():
    return this_thread().tracer


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
    module.get_total_main_greenlets = lambda: len(switching.threads)
    module.set_thread_local = lambda key, value: None
    core.host.substitution('greenlet', 'its compiled core is replaced: each greenlet is a WebAssembly stack')
