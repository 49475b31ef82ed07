"""Threads without stacks of their own, for a browser that cannot suspend WebAssembly (no JSPI).

A thread runs as a call inside another thread's blocking call, to its end. So that those below it are not kept
waiting, the turns of their event loops are called from above (`_sandbox_inline_loops`), and a thread that waits where
nothing is lost by it is unwound and begins again when there is something to do. What still needs a thread to go on
while one above it waits cannot be done, and makes the run unscored.
"""

import sys
import time
from collections import deque

import _sandbox_core as core
import _sandbox_inline_loops as loops
import _sandbox_signal

_REPORT_S = 0.5
"""How long a thread may keep one below it waiting before it is said."""

_GIVE_UP_S = 20
"""And before the process ends."""

_ABORTED = 134

_ready = deque()
"""Calls that run threads, or begin them again."""

_paused = []
"""Conditions of threads that were unwound, with the calls that begin them again."""

_waits = []
"""The blocking calls that lie on the stack, lowest first."""

_depth = 0
"""Threads that lie above the main thread on its stack."""

_bodies = {}
"""Code of the functions that threads run, by identity: those that may be unwound."""

_raised = None
"""What a signal's handler raised while other threads lay above the main one, which is to raise it."""

_reported = False


class Paused(BaseException):
    """Unwinds a thread that waits for `condition`, to begin again then."""

    def __init__(self, condition):
        super().__init__()
        self.condition = condition


class _Wait:
    """A blocking call: of which thread, for what, and whether that came while others lay above it."""

    __slots__ = ('ident', 'ticket', 'loop', 'settled', 'since', 'served', 'busy')

    def __init__(self, ident, ticket, loop):
        self.ident = ident
        self.ticket = ticket
        self.loop = loop
        self.settled = False
        self.since = 0.0
        self.served = False
        self.busy = False


def install():
    """Lets threads run inside the blocking calls of others."""
    import _sandbox_builtins

    core.block = block
    core.start_stack = start
    _sandbox_builtins.after_import.update(loops.AFTER_IMPORT)
    core.host.substitution(
        'threads',
        'This browser cannot suspend WebAssembly stacks: Python threads run one after the other, in blocking calls.',
    )


def start(run, function=None, ident=0):
    """Runs a thread at the next blocking call; `function` is what `_thread` was given."""
    thread = getattr(function, '__self__', None)
    if thread is not None and hasattr(thread, '_bootstrap'):
        _make_resumable(thread, run, ident)
    _ready.append(run)


def _make_resumable(thread, run, ident):
    """Lets the body of a `threading.Thread` be unwound and called again."""
    import threading

    body = thread.run
    code = getattr(type(thread).run, '__code__', None)
    if type(thread).run is threading.Thread.run and thread._target is not None:
        # The method of the class forgets its target at its end.
        target, args, kwargs = thread._target, thread._args, thread._kwargs
        code = getattr(target, '__code__', None)

        def body():
            target(*args, **kwargs)

    def guarded():
        _bodies[ident] = code
        try:
            body()
        except Paused as pause:
            core.paused.add(ident)
            _paused.append((pause.condition, begin_again))
        finally:
            _bodies.pop(ident, None)

    def begin_again():
        core.paused.discard(ident)
        threading._limbo[thread] = thread
        run()

    thread.run = guarded
    # Who starts a thread waits for this; the thread is to run at the next wait that is the program's own.
    thread._ident = ident
    thread._started.set()


def may_pause(frame):
    """Whether the running thread may be unwound at `frame`: at the bottom of its body, with nothing done so far."""
    code = _bodies.get(core.current)
    return code is not None and frame.f_code is code and loops.begins_with_wait(frame)


def has_body(function):
    """Whether the running thread runs this very function."""
    return _bodies.get(core.current) is function.__code__


def run_above(call):
    """Calls a thread, or a turn of a loop, as if nothing were below it."""
    global _depth
    import _asyncio

    me = core.current
    loop = _asyncio._get_running_loop()
    task = _asyncio._swap_current_task(loop, None) if loop is not None else None
    _asyncio._set_running_loop(None)
    _depth += 1
    try:
        call()
    finally:
        _depth -= 1
        core.current = me
        core.running = True
        _asyncio._set_running_loop(loop)
        if loop is not None:
            _asyncio._swap_current_task(loop, task)


def _run_ready():
    """Runs every thread that can run."""
    while True:
        while _ready:
            run_above(_ready.popleft())
        for entry in _paused:
            if entry[0].holds():
                break
        else:
            return
        _paused.remove(entry)
        run_above(entry[1])


def block(ticket):
    """Sleeps until the ticket is settled, others running first; returns its value."""
    me = core.current
    core._collect()
    wait = _Wait(me, ticket, loops.loop_of(sys._getframe(1)))
    _waits.append(wait)
    try:
        while True:
            _raise_what_came(me)
            _run_ready()
            _raise_what_came(me)
            if wait.served:
                # The loop's own frame looks again at what there is to do.
                raise InterruptedError(4, 'Interrupted system call')
            if _depth and not ticket.woken:
                _check(wait)
            outcome = core.host.settle(ticket, _below(), _patience(wait))
            if outcome.kind == 'done':
                return outcome.value
            if outcome.kind == 'others':
                _settled(outcome.value)
            elif _interrupted(me, outcome.kind == 'signal'):
                return True
    finally:
        _waits.pop()
        core.current = me
        if me == core.main_ident and core._deliver_signals is not None:
            core._deliver_signals()


def _interrupted(me, came):
    """Handles signals; true when the calling thread has to go on for that."""
    if not came and not _sandbox_signal._postponed:
        return False
    if me == core.main_ident:
        return True
    global _raised
    core.current = core.main_ident
    try:
        core._deliver_signals()
    except BaseException as error:
        _raised = _raised or error
    finally:
        core.current = me
    return False


def _raise_what_came(me):
    """What a handler raised is raised in the main thread; daemons above it end for that."""
    global _raised
    if _raised is None:
        return
    if me == core.main_ident:
        error, _raised = _raised, None
        raise error
    import threading

    thread = threading._active.get(me)
    if thread is not None and thread.daemon:
        raise SystemExit


def _below():
    """Numbers of the tickets that other threads wait for."""
    conditions = [condition.ticket.number for condition, _call in _paused if condition.ticket is not None]
    others = [wait.ticket for wait in _waits[:-1] if not wait.settled and not wait.busy]
    numbers = conditions + [ticket.number for ticket in others if hasattr(ticket, 'number')]
    return core.to_js(numbers) if numbers else None


def _settled(numbers):
    """Something came that another thread waits for."""
    for number in numbers:
        for condition, _call in _paused:
            if condition.ticket is not None and condition.ticket.number == number:
                condition.settled = True
        for wait in _waits[:-1]:
            if getattr(wait.ticket, 'number', 0) != number or wait.busy:
                continue
            if wait.loop is not None and wait.loop.turns():
                _turn(wait)
            else:
                wait.settled = True
                wait.since = time.monotonic()


def _turn(wait):
    """Lets a loop that lies below do what it has to."""

    def turn():
        core.current = wait.ident
        wait.loop.turn()

    wait.served = wait.busy = True
    try:
        run_above(turn)
    finally:
        wait.busy = False
        wait.ticket = wait.loop.ticket()


def _waiting_below():
    """Since when a thread below this wait could go on, or None."""
    found = None
    for wait in _waits[:-1]:
        if not wait.settled and wait.ticket.woken:
            wait.settled = True
            wait.since = time.monotonic()
        if wait.settled and (found is None or wait.since < found):
            found = wait.since
    return found


def _patience(wait):
    """Milliseconds to sleep before it is asked again whether that may go on; -1 for ever."""
    since = _waiting_below()
    if since is None:
        return -1
    late = time.monotonic() - since
    if late < _REPORT_S:
        return (_REPORT_S - late) * 1000
    report('a thread has to go on while one that was started later waits')
    # A server that answers meanwhile is let be.
    if wait.loop is not None:
        return -1
    if late < _GIVE_UP_S:
        return (_GIVE_UP_S - late) * 1000
    _give_up('a thread has to go on while one that was started later waits')


def _check(wait):
    """A wait of a thread for what another thread would do."""
    if not hasattr(wait.ticket, 'deadline'):
        if wait.loop is not None and wait.loop.may_pause():
            raise Paused(loops.Readable(wait.loop.fileno()))
        return
    if not wait.ticket.endless:
        return
    holds = loops.pausable(sys._getframe(2), may_pause)
    if holds is not None:
        raise Paused(loops.Polled(holds))
    if any(below.loop is not None and not below.busy for below in _waits[:-1]):
        return
    if any(condition.ticket is not None for condition, _call in _paused):
        return
    _give_up('a thread waits for one that can go on only after it')


def report(what):
    """Says once that this run has met what cannot be done here."""
    global _reported
    if not _reported:
        _reported = True
        needs = 'that needs WebAssembly stacks that can be suspended (JSPI), which this browser lacks'
        core.host.unsupported('engine', f'{what}: {needs}')


def _give_up(what):
    report(what)
    sys.stderr.write(f'python3: {what}, which this browser does not allow\n')
    sys.stderr.flush()
    core.host.exit(_ABORTED)
