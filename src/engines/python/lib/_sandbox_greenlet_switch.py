"""How greenlets switch: each has a WebAssembly stack, and a switch wakes the target's and suspends the own one.

A suspended stack holds the inner `State` alone, so that a greenlet nobody refers to is collected, and ends by
GreenletExit, as it does over the C core.
"""

import sys

import _sandbox_core as core
import _sandbox_local
from _sandbox_greenlet_state import context_slot, get_context, running, set_context, set_running

main_class = None
"""The class of each thread's first greenlet; set by `_sandbox_greenlet`."""


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


class State:
    """What a stack needs of its greenlet."""

    __slots__ = ('thread', 'parent', 'run', 'started', 'finished', 'ticket', 'inbox', 'slot', 'context')

    def __init__(self, thread, parent):
        self.thread = thread
        self.parent = parent
        self.run = self.slot = self.context = self.ticket = self.inbox = None
        self.started = self.finished = False


threads = {}
_cleanup = _sandbox_local.local()


class _Forget:
    """Lives as long as its thread."""

    def __init__(self, ident):
        self.ident = ident

    def __del__(self):
        threads.pop(self.ident, None)


def this_thread():
    """The greenlets of the thread that runs."""
    thread = threads.get(core.current)
    if thread is None:
        thread = threads[core.current] = _Thread()
        _cleanup.forget = _Forget(thread.ident)
        main = object.__new__(main_class)
        main._state = state = State(thread, None)
        state.started = True
        state.slot = context_slot()
        thread.main = thread.current = main
    return thread


class Failure:
    """An exception on its way into a greenlet."""

    __slots__ = ('error',)

    def __init__(self, error):
        self.error = error


def value_of(failure):
    """An unhandled GreenletExit is a result."""
    return failure.error if isinstance(failure.error, GreenletExit) else failure


def _check_thread(state, thread):
    if state.thread is not thread:
        raise error(
            f'Cannot switch to a different thread\n\tCurrent:  {thread.current!r}\n\tExpected: {state.thread.current!r}'
        )


def switch(target, payload, args, kwargs, event='switch'):
    """Goes on in `target`, or in the first of its ancestors that is not dead; returns what comes back."""
    thread = this_thread()
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
        if not state.started and not isinstance(payload, Failure):
            run = target.run
            break
        state.started = state.finished = True
        if isinstance(payload, Failure):
            payload = value_of(payload)
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
    if not isinstance(payload, Failure):
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
        return Failure(failure)


def _finish(state, thread, payload, loop_and_task):
    """Hands the result of an ended greenlet to its parent."""
    thread.loop, thread.task = loop_and_task
    thread.origin, thread.event = thread.current, 'throw' if isinstance(payload, Failure) else 'switch'
    target = state.parent
    while True:
        above = target._state
        if above.started and not above.finished:
            thread.current = target
            above.inbox = payload
            above.ticket.wake()
            return
        if not above.started and not isinstance(payload, Failure):
            try:
                run = target.run
            except AttributeError as failure:
                payload = Failure(failure)
            else:
                thread.current = target
                _start(above, run, (payload,), {})
                return
        above.started = above.finished = True
        if isinstance(payload, Failure):
            payload = value_of(payload)
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
        kill(thread.doomed.pop(), thread)


def kill(doomed, thread):
    """Ends a greenlet that nobody refers to any more."""
    doomed._state.parent = thread.current
    try:
        switch(doomed, Failure(GreenletExit()), (), {}, 'throw')
    except BaseException as failure:
        from types import SimpleNamespace

        sys.unraisablehook(
            SimpleNamespace(
                exc_type=type(failure), exc_value=failure, exc_traceback=failure.__traceback__, err_msg=None, object=doomed
            )
        )
