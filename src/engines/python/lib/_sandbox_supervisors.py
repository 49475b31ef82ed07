"""Servers whose master process starts workers and watches them: here the master itself is the first worker.

The packages' own code runs in both parts. What a master does while its worker runs is to wait; so the worker runs in
its place, as a child inside it, and the master goes on when the worker has ended.
"""

import _sandbox_core as core
import _sandbox_os
from _sandbox_child import Child

_ONE_WORKER = 'One worker runs in the process of the master: a browser cannot copy a process.'
_NO_RELOAD = 'The reloader does not restart the server: files do not change during a run.'


class _Gone:
    def close(self):
        raise OSError('the process has ended')


def patch_gunicorn_arbiter(module):
    """The master goes on as its first worker in `spawn_worker`, where it would copy itself."""
    spawn_worker = module.Arbiter.spawn_worker

    def spawn_in_process(self):
        import logging
        import signal

        core.host.substitution('gunicorn', _ONE_WORKER)
        worker_class, disabled = self.worker_class, logging.root.manager.disable
        workers, files, stopping = [], [], []

        def make_worker(*args):
            workers.append(worker_class(*args))
            files.append(workers[-1].tmp)
            return workers[-1]

        def on_signal(signum):
            name = self.SIG_NAMES.get(signum)
            if name not in ('term', 'int', 'quit'):
                return signum if name == 'usr1' else 0
            self.log.info('Handling signal: %s', name)
            stopping.append(signum)
            return signal.SIGTERM if name == 'term' else signal.SIGQUIT

        def on_kill():
            # The child's own clean-up does not happen when a signal ends it.
            logging.disable(logging.CRITICAL)
            workers[-1].tmp = _Gone()

        child = Child(on_signal, on_kill)
        # The child closes its copies.
        listeners = [(listener, listener.sock, listener.sock.dup()) for listener in self.LISTENERS]
        for listener, _, copy in listeners:
            listener.sock = copy
        self.worker_class = make_worker
        try:
            with _sandbox_os.fork_as_child(child.pid):
                child.run(lambda: spawn_worker(self), fresh=False)
        finally:
            self.worker_class = worker_class
            logging.disable(disabled)
            for listener, sock, copy in listeners:
                copy.close()
                listener.sock = sock
        workers[-1].tmp = files[-1]
        self.WORKERS[child.pid] = workers[-1]
        if stopping:
            raise StopIteration
        self.reap_workers()

    module.Arbiter.spawn_worker = spawn_in_process


class _InProcess:
    """A `multiprocessing.Process` that has run to its end when `start` returns."""

    def __init__(self, target, on_signal):
        self._target = target
        self._child = Child(on_signal)

    @property
    def pid(self):
        return self._child.pid

    @property
    def exitcode(self):
        return self._child.exit_code

    def start(self):
        self._child.run(self._target, fresh=True)

    def is_alive(self, *_args):
        return False

    def terminate(self):
        pass

    def join(self, timeout=None):
        pass

    kill = close = terminate


def _subprocess_of(config, target, sockets, on_signal):
    def run():
        config.configure_logging()
        target(sockets=sockets)

    return _InProcess(run, on_signal)


def _through_handler(after=None):
    """What a parent does with a signal: its own handler has it, and the child is asked to end."""
    import signal

    handlers = {signum: signal.getsignal(signum) for signum in (signal.SIGTERM, signal.SIGINT)}

    def on_signal(signum):
        handler = handlers.get(signum)
        if not callable(handler):
            return signum
        handler(signum, None)
        if after is not None:
            after()
        return signal.SIGTERM

    return on_signal


def patch_uvicorn_multiprocess(module):
    """`--workers N`: the parent process runs one of them."""

    def init_processes(self):
        core.host.substitution('uvicorn', _ONE_WORKER)
        self.processes_num = 1
        self.processes = []

        def ask_to_end():
            self.handle_signals()
            module.logger.info(f'Terminated child process [{process.pid}]')
            module.logger.info(f'Waiting for child process [{process.pid}]')

        process = _subprocess_of(self.config, self.target, self.sockets, _through_handler(ask_to_end))
        self.processes.append(process)
        process.start()

    def make_process(config, target, sockets):
        return _subprocess_of(config, target, sockets, _through_handler())

    module.Multiprocess.init_processes = init_processes
    module.Process = make_process


def patch_uvicorn_basereload(module):
    """`--reload`: the process that would watch the files runs the server."""

    def get_subprocess(config, target, sockets):
        core.host.substitution('uvicorn', _NO_RELOAD)
        return _subprocess_of(config, target, sockets, _through_handler())

    module.get_subprocess = get_subprocess


def patch_hypercorn_run(module):
    """Without workers Hypercorn serves in its own process, which is what its option `--workers 0` is for."""
    run = module.run

    def run_in_process(config):
        if config.workers > 1:
            core.host.substitution('hypercorn', _ONE_WORKER)
        if config.use_reloader:
            core.host.substitution('hypercorn', _NO_RELOAD)
        config.workers = 0
        config.use_reloader = False
        return run(config)

    module.run = run_in_process
