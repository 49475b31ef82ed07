"""A child process that runs inside its parent, and ends there: for servers whose master only watches its workers.

While the child runs, `os.getpid`, the signal handlers and the default actions of signals are the child's; a signal
sent to the process is shown to the parent first, which says what it would have sent on.
"""

import _sandbox_core as core
import _sandbox_process
import _sandbox_signal


class Killed(BaseException):
    """Unwinds the child when the default action of a signal ends it."""

    def __init__(self, signum):
        super().__init__(signum)
        self.signum = signum


class Child:
    """One child of this process.

    `on_signal(signum)` is called for a signal that somebody sends to the process; it returns the number of the signal
    that the child gets, or 0. `on_kill()` is called just before a signal ends the child.
    """

    def __init__(self, on_signal, on_kill=None):
        self.pid = core.host.failedPid()
        self.exit_code = None
        """As in `subprocess`: negative for a signal; None while it runs."""
        self._on_signal = on_signal
        self._on_kill = on_kill

    def run(self, function, fresh):
        """Calls `function` to its end. `fresh`: the child is a new interpreter, without its parent's signal handlers."""
        import _signal

        handlers = dict(_sandbox_signal._handlers)
        identity = _sandbox_process.pid, _sandbox_process.parent_pid
        _sandbox_process.set_identity(self.pid, identity[0])
        if fresh:
            for signum in handlers:
                _signal.signal(signum, _signal.default_int_handler if signum == _signal.SIGINT else _signal.SIG_DFL)
        wakeup_fd = _signal.set_wakeup_fd(-1)
        outer = _sandbox_signal.set_child(self._on_signal, self._kill)
        try:
            function()
            self.exit_code = 0
        except SystemExit as error:
            self.exit_code = _code_of(error)
        except Killed as error:
            self.exit_code = -error.signum
        except BaseException as error:
            _report(error)
            self.exit_code = 1
        finally:
            _sandbox_signal.set_child(*outer)
            _sandbox_process.set_identity(*identity)
            _signal.set_wakeup_fd(wakeup_fd)
            for signum in {*handlers, *_sandbox_signal._handlers}:
                _signal.signal(signum, handlers.get(signum, _signal.SIG_DFL))
        _sandbox_process.child_exited(self.pid, self.exit_code if self.exit_code >= 0 else 128 - self.exit_code)

    def _kill(self, signum):
        if self._on_kill is not None:
            self._on_kill()
        raise Killed(signum)


def _code_of(error):
    import sys

    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code & 0xFF
    print(error.code, file=sys.stderr)
    return 1


def _report(error):
    import sys

    sys.excepthook(type(error), error, error.__traceback__)
