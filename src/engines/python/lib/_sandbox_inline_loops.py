"""Loops that may be turned from above, or begun again, where threads have no stacks of their own."""

import sys

import _sandbox_core as core

_READABLE = 1
_SELECTING = {'_sandbox_select', 'selectors'}
_FRAMES_OF_SELECT = 6

_HARMLESS = (
    'RESUME', 'NOP', 'CACHE', 'LOAD_', 'PUSH_NULL', 'CALL', 'COPY_FREE_VARS', 'MAKE_CELL', 'POP_JUMP', 'TO_BOOL',
    'COMPARE_OP', 'CONTAINS_OP', 'IS_OP', 'UNARY_NOT', 'NOT_TAKEN', 'EXTENDED_ARG', 'KW_NAMES', 'PRECALL',
)  # fmt: skip
"""Instructions that leave nothing behind in a function: it may be called again."""

_KNOWN = {('_sandbox_inline_loops', '_worker'), ('anyio._backends._asyncio', 'run')}
"""Bodies of threads that prepare something before their loop, and may do so again."""


class Readable:
    """Waits for a descriptor to be readable."""

    def __init__(self, fd):
        self.ticket = core.host.waitFor(fd, _READABLE, -1)
        self.settled = False

    def holds(self):
        return self.settled


class Polled:
    """Waits for what another thread does, asked for by a function."""

    ticket = None

    def __init__(self, holds):
        self.holds = holds


class ServerLoop:
    """`serve_forever` of `socketserver`, at its wait for a connection."""

    def __init__(self, server):
        self._server = server

    def fileno(self):
        return self._server.fileno()

    def turns(self):
        return not self._server._BaseServer__shutdown_request

    def turn(self):
        # Its wait may have ended by its time alone.
        if _is_readable(self._server.fileno()):
            self._server._handle_request_noblock()
        self._server.service_actions()

    def ticket(self):
        return core.host.waitFor(self._server.fileno(), _READABLE, -1)

    def may_pause(self):
        """A thread that does nothing but serve is begun again when somebody connects."""
        import socketserver

        from _sandbox_inline import has_body

        return has_body(socketserver.BaseServer.serve_forever) and not self._server._BaseServer__shutdown_request


class AsyncioLoop:
    """An event loop of asyncio, at its wait for events."""

    def __init__(self, loop, selector):
        self._loop = loop
        self._selector = selector

    def may_pause(self):
        return False

    def turns(self):
        return not self._loop._stopping and not self._loop.is_closed()

    def turn(self):
        import _asyncio

        loop = self._loop
        _asyncio._set_running_loop(loop)
        # With something to do, it does not wait.
        loop.call_soon(_nothing)
        loop._run_once()

    def ticket(self):
        loop = self._loop
        if loop._ready or loop._stopping:
            left = 0
        elif loop._scheduled:
            left = max(0, (loop._scheduled[0]._when - loop.time()) * 1000)
        else:
            left = -1
        return core.host.epollWait(self._selector.fileno(), left)


def _nothing():
    """Called by a loop that is to turn."""


def loop_of(frame):
    """The loop whose selector calls `frame`, or None."""
    for _step in range(_FRAMES_OF_SELECT):
        if frame is None:
            return None
        module = frame.f_globals.get('__name__')
        if module not in _SELECTING:
            break
        frame = frame.f_back
    else:
        return None
    if module == 'asyncio.base_events' and frame.f_code.co_name == '_run_once':
        loop = frame.f_locals['self']
        selector = getattr(getattr(loop, '_selector', None), '_selector', None)
        return AsyncioLoop(loop, selector) if type(selector).__name__ == 'epoll' else None
    if module == 'socketserver' and frame.f_code.co_name == 'serve_forever':
        return ServerLoop(frame.f_locals['self'])
    return None


def pausable(frame, may_pause):
    """What the thread at `frame` waits for, when it may be unwound and begin again: a function that asks; else None."""
    while frame is not None:
        name, module = frame.f_code.co_name, frame.f_globals.get('__name__')
        if module == 'queue' and name == 'get':
            queue = frame.f_locals['self']
            return queue.qsize if _may_begin_again(frame.f_back, may_pause) else None
        if module == 'threading' and name == 'wait' and hasattr(frame.f_locals.get('self'), 'is_set'):
            event = frame.f_locals['self']
            return event.is_set if _may_begin_again(frame.f_back, may_pause) else None
        if module not in ('threading', 'queue', '_sandbox_thread', '_sandbox_core', '_sandbox_semaphore'):
            return None
        frame = frame.f_back
    return None


def _may_begin_again(frame, may_pause):
    return (frame.f_globals.get('__name__'), frame.f_code.co_name) in _KNOWN or may_pause(frame)


def begins_with_wait(frame):
    """Whether everything up to the call under way in `frame` only looks at things."""
    import dis

    code = frame.f_code
    if any(entry.start <= frame.f_lasti < entry.end for entry in dis._parse_exception_table(code)):
        return False
    for instruction in dis.get_instructions(code):
        if instruction.offset >= frame.f_lasti:
            return True
        if not instruction.opname.startswith(_HARMLESS):
            return False
    return False


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
        del item
    # The others end by it too.
    work_queue.put(None)


_initialized = set()


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


_kept = {}
"""Handlers of connections that wait for their next request, by their sockets."""


def _patch_socketserver(module):
    """Lets the thread of a connection be unwound between two requests."""
    from _sandbox_inline import Paused, has_body

    def handle(handler):
        try:
            handler.handle()
        except Paused:
            _kept[handler.request] = handler
            raise
        except BaseException:
            handler.finish()
            raise
        handler.finish()

    def start_handler(self, request, client_address, server):
        self.request = request
        self.client_address = client_address
        self.server = server
        self.setup()
        if request in _serving and hasattr(self, 'handle_one_request') and self.timeout is None:
            _pause_between_requests(self)
        handle(self)

    def process_request_thread(self, request, client_address):
        handler = _kept.pop(request, None)
        if has_body(process_request_thread):
            _serving.add(request)
        paused = False
        try:
            if handler is None:
                self.finish_request(request, client_address)
            else:
                handle(handler)
        except Paused:
            paused = True
            raise
        except Exception:
            self.handle_error(request, client_address)
        finally:
            _serving.discard(request)
            if not paused:
                self.shutdown_request(request)

    module.BaseRequestHandler.__init__ = start_handler
    module.ThreadingMixIn.process_request_thread = process_request_thread


_serving = set()
"""Sockets whose handlers run in threads of their own."""


def _pause_between_requests(handler):
    from _sandbox_inline import Paused

    handle_one = handler.handle_one_request

    def handle_one_request():
        if not _has_input(handler):
            raise Paused(Readable(handler.connection.fileno()))
        handle_one()

    handler.handle_one_request = handle_one_request


def _is_readable(fd):
    return core.host.readiness(core.to_js([fd, _READABLE])).length > 0


def _has_input(handler):
    """Whether reading from the connection would not wait: what was read ahead counts."""
    connection = handler.connection
    if _is_readable(connection.fileno()):
        return True
    connection.settimeout(0)
    try:
        return bool(handler.rfile.peek(1))
    finally:
        connection.settimeout(None)


AFTER_IMPORT = {
    'concurrent.futures.thread': _patch_executor,
    'socketserver': _patch_socketserver,
    'waitress.task': _patch_waitress,
}
"""Modules whose threads are loops that have to be entered again."""
