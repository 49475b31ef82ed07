"""Threads without stacks of their own, for a browser that cannot suspend WebAssembly (no JSPI).

A thread runs as a call inside another thread's blocking call, to its end. One that waits for a queue is unwound and
called again once the queue holds something: so the usual worker loops go on. One that waits for anything else that
only a thread below it could do cannot go on, and the run is unscored.
"""

import sys
from collections import deque

import _sandbox_core as core

_IO_LIMIT_MS = 5_000
"""How long a thread may wait for a connection before it is said that all others wait with it."""

_ready = deque()
"""Calls that run threads, or go on with them."""

_suspended = []
"""Pairs of a queue and the call that goes on with the thread that waits for it."""

_depth = 0
"""Threads that lie above the main thread on its stack."""

_initialized = set()
_reported = False


class Suspended(BaseException):
    """Unwinds a thread that waits for `queue`."""

    def __init__(self, queue):
        super().__init__()
        self.queue = queue


def install():
    """Lets threads run inside the blocking calls of others."""
    import _sandbox_builtins

    core.block = block
    core.start_stack = start
    _sandbox_builtins.after_import.update(AFTER_IMPORT)
    core.host.substitution(
        'threads', 'This browser cannot suspend WebAssembly stacks: Python threads run one after the other, inside blocking calls.'
    )


def start(run, function=None):
    """Runs a thread at the next blocking call; `function` is what `_thread` was given."""
    thread = getattr(function, '__self__', None)
    if thread is not None and hasattr(thread, '_bootstrap'):
        _make_resumable(thread)
    _ready.append(run)


def _make_resumable(thread):
    """Lets the body of a `threading.Thread` be unwound and called again."""
    import threading

    body = thread.run
    if type(thread).run is threading.Thread.run and thread._target is not None:
        # The method of the class forgets its target at its end.
        target, args, kwargs = thread._target, thread._args, thread._kwargs

        def body():
            target(*args, **kwargs)

    def guarded():
        try:
            body()
        except Suspended as pause:
            _suspended.append((pause.queue, resume))

    def resume():
        core.current = thread.ident
        threading._active[thread.ident] = thread
        try:
            thread._context.run(guarded)
        finally:
            threading._active.pop(thread.ident, None)

    thread.run = guarded


def _run(call):
    """Calls a thread as if nothing were below it."""
    global _depth
    import _asyncio

    me = core.current
    loop = _asyncio._get_running_loop()
    task = _asyncio._swap_current_task(loop, None) if loop is not None else None
    _asyncio._set_running_loop(None)
    _depth += 1
    try:
        call()
    except Suspended as pause:
        _suspended.append((pause.queue, call))
    finally:
        _depth -= 1
        core.current = me
        _asyncio._set_running_loop(loop)
        if loop is not None:
            _asyncio._swap_current_task(loop, task)


def run_ready():
    """Runs every thread that can run."""
    for entry in list(_suspended):
        queue, resume = entry
        if queue.qsize():
            _suspended.remove(entry)
            _ready.append(resume)
    while _ready:
        _run(_ready.popleft())


def block(ticket):
    """Sleeps until the ticket is settled, others running first; returns its value."""
    me = core.current
    core._collect()
    try:
        while True:
            run_ready()
            if _depth and not ticket.woken:
                _check_wait(ticket)
            outcome = core.host.settle(ticket, _IO_LIMIT_MS if _depth and not _reported else -1)
            if outcome.done:
                return outcome.value
            if _depth and not hasattr(ticket, 'deadline'):
                _report('a thread waits for a connection')
    finally:
        core.current = me
        if me == core.main_ident and core._deliver_signals is not None:
            core._deliver_signals()


def _check_wait(ticket):
    """A wait, in a thread, for what another thread would do."""
    if not hasattr(ticket, 'deadline'):
        return
    queue = _queue_waited_for()
    if queue is not None:
        raise Suspended(queue)
    if ticket.endless:
        _report('a thread waits for a lock that is held by the one that runs it')
        raise SystemExit


def _queue_waited_for():
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == 'get' and frame.f_globals.get('__name__') == 'queue':
            return frame.f_locals['self']
        frame = frame.f_back
        if frame is not None and frame.f_code.co_name == 'run_ready':
            return None
    return None


def _report(what):
    global _reported
    if not _reported:
        _reported = True
        core.host.unsupported('engine', f'{what}: that needs WebAssembly stacks that can be suspended (JSPI), which this browser lacks')


def _worker(executor_reference, context, work_queue):
    """The loop of a thread of `ThreadPoolExecutor`, which may be entered again."""
    if context not in _initialized:
        _initialized.add(context)
        try:
            context.initialize()
        except BaseException:
            from concurrent.futures import _base

            _base.LOGGER.critical('Exception in initializer:', exc_info=True)
            executor = executor_reference()
            if executor is not None:
                executor._initializer_failed()
            return
    while (item := work_queue.get()) is not None:
        item.run(context)


def _patch_executor(module):
    module._worker = _worker


def _patch_waitress(module):
    def set_thread_count(self, count):
        """Tasks run as they come; there are no threads to keep."""

    def add_task(self, task):
        import threading

        threading.Thread(target=task.service, daemon=True).start()

    module.ThreadedTaskDispatcher.set_thread_count = set_thread_count
    module.ThreadedTaskDispatcher.add_task = add_task


AFTER_IMPORT = {'concurrent.futures.thread': _patch_executor, 'waitress.task': _patch_waitress}
"""Modules whose threads are loops that have to be entered again."""
