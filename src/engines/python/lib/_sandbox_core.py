"""Blocking and waking: the seam between the emulated C modules and the worker's JavaScript half.

Every Python thread is a WebAssembly stack of its own. A thread blocks by suspending its stack on a JavaScript
promise; meanwhile other stacks and the worker's event loop run. Only one stack runs at a time, as under a
global interpreter lock, and a switch happens at blocking calls alone.
"""

import time

host = None
"""The worker's services (`PythonHost` in host.ts); set by `attach`."""

current = 0
"""Identity of the running thread."""

main_ident = 0

threads = set()
"""Identities of the running threads but the main one."""

paused = set()
"""Those of them that were unwound to begin again later; see `_sandbox_inline`."""

thread_code = None
"""The code at the bottom of every such thread."""

running = True
"""Whether one of the threads runs: between their turns the engine runs Python of its own."""

ended = False
"""Whether the program and its exit functions are through, and only its objects are still let go of."""

timer_runs = False
"""Whether a timer of the program's is to send it a signal."""

to_js = None
"""Copies bytes or a list into a JavaScript array."""

create_proxy = None
"""Keeps a Python function callable from JavaScript until that destroys it."""

_run_sync = None
_engine_loop = None
_get_running_loop = None
_set_running_loop = None
_deliver_signals = None
_collect = None


def attach(host_object, ffi, engine_loop):
    """Connects to the worker. `ffi` converts values; `engine_loop` is the event loop that the engine itself schedules on."""
    global host, to_js, create_proxy, _run_sync, _engine_loop, _get_running_loop, _set_running_loop
    host = host_object
    to_js = ffi.to_js
    create_proxy = ffi.create_proxy
    _run_sync = ffi.run_sync
    _engine_loop = engine_loop
    # Not at the top: it brings asyncio with it, and so sockets and threads before they are completed.
    import _asyncio

    _get_running_loop = _asyncio._get_running_loop
    _set_running_loop = _asyncio._set_running_loop
    if not host.suspends:
        import _sandbox_inline

        _sandbox_inline.install()


def start_stack(run, _function=None, _ident=0):
    """Calls `run` on a stack of its own, at the next chance to run."""
    host.startThread(create_proxy(run))


def set_main(ident):
    global current, main_ident
    current = main_ident = ident


def set_signal_delivery(deliver):
    """`deliver()` runs pending signal handlers; called on the main thread after it was woken."""
    global _deliver_signals
    _deliver_signals = deliver


def set_collection(collect_if_due):
    """`collect_if_due()` runs the garbage collector now and then; called when a thread blocks."""
    global _collect
    _collect = collect_if_due


def block(ticket):
    """Suspends the calling thread until the ticket's promise settles; returns the promise's value."""
    global current, running
    me = current
    _collect()
    loop = _get_running_loop()
    # The engine's stack switching asks for "the event loop"; it is to find its own, not the submission's.
    _set_running_loop(_engine_loop)
    if me == main_ident:
        host.mainTicket = ticket
    running = False
    try:
        value = _run_sync(ticket.promise)
        # A daemon thread never gets the interpreter again once it ends.
        while ended and me != main_ident:
            _run_sync(host.ticket(-1).promise)
        return value
    finally:
        running = True
        current = me
        _set_running_loop(loop)
        if me == main_ident and _deliver_signals is not None:
            _deliver_signals()


def milliseconds(timeout):
    """A timeout in seconds, or None for none, as the milliseconds that the host takes (-1 for none)."""
    if timeout is None:
        return -1
    return max(timeout, 0) * 1000


def park(waiters, timeout=None):
    """Blocks until `wake` is called on the deque `waiters`, or `timeout` seconds have passed."""
    ticket = host.ticket(milliseconds(timeout))
    waiters.append(ticket)
    try:
        block(ticket)
    finally:
        try:
            waiters.remove(ticket)
        except ValueError:
            pass


def wake(waiters, count=None):
    """Wakes the first `count` threads parked on `waiters`, or all of them."""
    while waiters and (count is None or count > 0):
        waiters.popleft().wake()
        if count is not None:
            count -= 1


def wait_until(condition, waiters, timeout=None):
    """Parks on `waiters` until `condition()` holds; False when the timeout passed before."""
    if condition():
        return True
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            return False
        park(waiters, left)
        if condition():
            return True


def sleep(seconds):
    """time.sleep"""
    if not isinstance(seconds, (int, float)) and not hasattr(seconds, '__index__'):
        seconds = float(seconds)
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    deadline = time.monotonic() + seconds
    block(host.sleep(seconds * 1000))
    # A signal handler that does not raise lets the sleep go on (PEP 475).
    while (left := deadline - time.monotonic()) > 0.001:
        block(host.sleep(left * 1000))
