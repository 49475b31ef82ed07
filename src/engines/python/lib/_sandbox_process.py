"""Child processes: `_posixsubprocess.fork_exec` and the waiting functions of `os`. `subprocess` is unmodified."""

import errno
import os
import sys
from collections import deque

import _sandbox_core as core
import _sandbox_redirect

WNOHANG = 1

_children = {}
"""Exit statuses, as waitpid(2) has them, by pid; None while running."""
_exits = deque()
"""Threads that wait for a child."""

pid = 1
parent_pid = 0


def set_identity(own_pid, own_parent):
    global pid, parent_pid
    pid, parent_pid = own_pid, own_parent


def getpid():
    return pid


def getppid():
    return parent_pid


def exit_now(status):
    """os._exit: ends the process without clean-up."""
    core.host.exit(status & 0xFF)
    raise SystemExit(status)


def child_exited(child, code, signum=None):
    """`signum`: what ended the child, 0 for nothing; None where only the code tells."""
    if signum is None:
        # Shells report a child that a signal ended as 128 + its number.
        signum = code - 128 if 128 < code <= 128 + 64 else 0
    _children[child] = int(signum) or code << 8
    core.wake(_exits)
    if 'signal' in sys.modules:
        import _sandbox_signal

        _sandbox_signal.child_ended()


def _text(value):
    return os.fsdecode(value)


def fork_exec(
    args, executables, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite,
    errread, errwrite, errpipe_read, errpipe_write, *_rest,
):  # fmt: skip
    """Starts a program with its standard streams on the given descriptors (-1: this process's own)."""
    argv = [_text(arg) for arg in args]
    variables = dict(os.environ) if env is None else dict(_text(pair).split('=', 1) for pair in env)
    command = _text(executables[0]) if len(executables) == 1 else argv[0]
    folder = _text(cwd) if cwd is not None else os.getcwd()
    if not os.path.isdir(folder):
        number = errno.ENOTDIR if os.path.exists(folder) else errno.ENOENT
        return _failed(errpipe_write, b'OSError:%x:noexec:chdir' % number)
    redirections = _sandbox_redirect.Redirections()
    result = core.block(
        core.host.spawn(
            command,
            core.to_js(argv[1:]),
            folder,
            core.to_js(list(variables.items())),
            redirections.input(p2cread),
            redirections.output(c2pwrite, 1),
            redirections.output(errwrite, 2),
        )
    )
    if isinstance(result, str):
        redirections.abandon()
        return _failed(errpipe_write, b'OSError:%x:' % getattr(errno, result, errno.EIO))
    redirections.begin(result)
    _children.setdefault(result, None)
    return result


def _failed(errpipe_write, report):
    """Says why a child could not be started; returns the pid by which `subprocess` waits for it all the same."""
    os.write(errpipe_write, report)
    failed = core.host.failedPid()
    _children[failed] = 127 << 8
    return failed


def waitpid(child, options):
    """Waits for a child (-1: for any); (0, 0) with WNOHANG while it runs."""
    if child in (-1, 0):
        wanted = list(_children)
    else:
        wanted = [child] if child in _children else []
    if not wanted:
        raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD))

    def ended():
        return next((number for number in wanted if _children[number] is not None), None)

    if ended() is None:
        if options & WNOHANG:
            if core.host.isStale():
                core.block(core.host.turn())
            if ended() is None:
                return 0, 0
        else:
            core.wait_until(lambda: ended() is not None, _exits)
    number = ended()
    # What it has put out is in its files by then.
    core.wait_until(lambda: _sandbox_redirect.is_written(number), _sandbox_redirect.waiting)
    return number, _children.pop(number)


def wait():
    return waitpid(-1, 0)


def wait4(child, options):
    """As waitpid, with the child's use of resources, which is not counted here."""
    import resource

    return *waitpid(child, options), resource.struct_rusage((0.0, 0.0, *([0] * 14)))


def wait3(options):
    return wait4(-1, options)


def kill(target, signum):
    signum = int(signum)
    if target in (pid, 0, -pid):
        if signum:
            import _signal

            _signal.raise_signal(signum)
        return
    if not 0 <= signum <= 64:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if _children.get(target) is not None:
        # It has ended and nobody has waited for it: it can be sent signals still.
        return
    if not core.host.isProcess(abs(target)):
        raise ProcessLookupError(errno.ESRCH, os.strerror(errno.ESRCH))
    if signum:
        core.host.kill(abs(target), signum)


def system(command):
    import subprocess

    code = subprocess.call(command, shell=True)
    return code << 8 if code >= 0 else -code
