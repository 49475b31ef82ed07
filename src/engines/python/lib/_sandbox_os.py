"""The parts of `os` that concern sockets, pipes, processes and the machine."""

import errno
import io

import _sandbox_core as core

FIRST_DESCRIPTOR = 5000
"""Descriptors of sockets and pipes start here, above those of files."""

NONBLOCK = 0o4000

_original = {}


def _error(name):
    import os

    number = getattr(errno, name, errno.EIO)
    return OSError(number, os.strerror(number))


def _is_ours(fd):
    return isinstance(fd, int) and fd >= FIRST_DESCRIPTOR


def _retry(fd, operation, event):
    while True:
        result = operation()
        if not isinstance(result, str):
            return result
        if result != 'EAGAIN' or not core.host.isBlocking(fd):
            raise _error(result)
        core.block(core.host.waitFor(fd, event, -1))


def read(fd, length):
    if fd != 0 and not _is_ours(fd):
        return _original['read'](fd, length)
    return _retry(fd, lambda: core.host.recv(fd, length, False), 1).to_bytes()


def read_standard_input(length):
    return read(0, length)


def write(fd, data):
    if not _is_ours(fd):
        return _original['write'](fd, data)
    payload = core.to_js(memoryview(data).cast('B'))
    return _retry(fd, lambda: core.host.send(fd, payload, 0), 4)


def close(fd):
    if not _is_ours(fd):
        return _original['close'](fd)
    if not core.host.close(fd):
        raise _error('EBADF')
    return None


def closerange(low, high):
    # Servers close "all" descriptors when they detach; only those of files can be meant.
    return _original['closerange'](low, min(high, 256))


def dup(fd):
    if not _is_ours(fd):
        return _original['dup'](fd)
    copy = core.host.dup(fd)
    if copy < 0:
        raise _error('EBADF')
    return copy


def dup2(fd, fd2, inheritable=True):
    if not _is_ours(fd) or not _is_ours(fd2):
        # Standard streams and files keep to their own kind.
        return _original['dup2'](fd, fd2, inheritable)
    if not core.host.dupTo(fd, fd2):
        raise _error('EBADF')
    return fd2


def pipe():
    reader, writer = core.host.pipe().to_py()
    return reader, writer


def pipe2(flags):
    ends = pipe()
    if flags & NONBLOCK:
        for fd in ends:
            set_blocking(fd, False)
    return ends


def get_blocking(fd):
    return core.host.isBlocking(fd) if _is_ours(fd) else _original['get_blocking'](fd)


def set_blocking(fd, blocking):
    if _is_ours(fd):
        core.host.setBlocking(fd, bool(blocking))
    else:
        _original['set_blocking'](fd, blocking)


def get_inheritable(fd):
    return False if _is_ours(fd) else _original['get_inheritable'](fd)


def set_inheritable(fd, inheritable):
    if not _is_ours(fd):
        _original['set_inheritable'](fd, inheritable)


def utime(path, *args, **kwargs):
    try:
        _original['utime'](path, *args, **kwargs)
    except FileNotFoundError:
        # The C library goes by the name that a descriptor was opened with; a file that is open may have lost it.
        if not isinstance(path, int):
            raise


def isatty(fd):
    return False if _is_ours(fd) or fd in (0, 1, 2) else _original['isatty'](fd)


def fstat(fd):
    if not _is_ours(fd):
        return _original['fstat'](fd)
    import os

    if not core.host.isOpen(fd):
        raise _error('EBADF')
    return os.stat_result((0o140777, fd, 0, 1, 0, 0, 0, 0, 0, 0))


_next_child = 0


def fork():
    """Fails, but within `fork_as_child`: there the caller goes on as its own child."""
    global _next_child
    if _next_child:
        _next_child = 0
        return 0
    core.host.unsupported('missing-binding', 'os.fork: a process cannot be copied in a browser')
    raise _error('ENOSYS')


class fork_as_child:
    """A context in which one `os.fork()` returns as in the child `pid`."""

    def __init__(self, pid):
        self._pid = pid

    def __enter__(self):
        global _next_child
        _next_child = self._pid

    def __exit__(self, *_exc_info):
        global _next_child
        _next_child = 0


def uname():
    import os

    return os.uname_result(('Linux', 'sandbox', '6.1.0', '#1 SMP', 'x86_64'))


class PipeFile(io.RawIOBase):
    """A pipe's end as a raw file: what `open(fd)` gives for our descriptors."""

    def __init__(self, fd, mode, closefd=True):
        self._fd = fd
        self._readable = 'r' in mode or '+' in mode
        self._writable = any(letter in mode for letter in 'wax+')
        self._closefd = closefd
        self.name = fd
        self.mode = mode

    def fileno(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')
        return self._fd

    def readable(self):
        return self._readable

    def writable(self):
        return self._writable

    def readinto(self, buffer):
        try:
            data = read(self._fd, len(buffer))
        except BlockingIOError:
            return None
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        try:
            return write(self._fd, data)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            super().close()
            if self._closefd:
                close(self._fd)


def open_descriptor(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """`io.open` for files, and for the descriptors of sockets and pipes."""
    if not _is_ours(file):
        return _original['open'](file, mode, buffering, encoding, errors, newline, closefd, opener)
    raw = PipeFile(file, mode.replace('b', '').replace('t', ''), closefd)
    if 'b' in mode and buffering == 0:
        return raw
    size = io.DEFAULT_BUFFER_SIZE if buffering in (-1, 1) else buffering
    buffered = io.BufferedReader(raw, size) if 'r' in mode else io.BufferedWriter(raw, size)
    if 'b' in mode:
        return buffered
    text = io.TextIOWrapper(buffered, encoding, errors, newline, line_buffering=buffering == 1)
    text.mode = mode
    return text


def install_fcntl(module):
    """fcntl for our descriptors: blocking mode is all that matters there."""
    original_fcntl, original_flock, original_ioctl = module.fcntl, module.flock, module.ioctl

    def fcntl(fd, cmd, arg=0):
        number = fd if isinstance(fd, int) else fd.fileno()
        if not _is_ours(number):
            return original_fcntl(fd, cmd, arg)
        if cmd == module.F_GETFL:
            return 2 | (0 if get_blocking(number) else NONBLOCK)
        if cmd == module.F_SETFL:
            set_blocking(number, not arg & NONBLOCK)
        return 0

    def flock(fd, operation):
        number = fd if isinstance(fd, int) else fd.fileno()
        return None if _is_ours(number) else original_flock(fd, operation)

    def ioctl(fd, request, arg=0, mutate_flag=True):
        number = fd if isinstance(fd, int) else fd.fileno()
        return 0 if _is_ours(number) else original_ioctl(fd, request, arg, mutate_flag)

    module.fcntl, module.flock, module.ioctl = fcntl, flock, ioctl


def install(os, posix):
    """Replaces the functions in `posix` (where C code and `os` have them) and in `os`."""
    import _sandbox_files as files
    import _sandbox_process as process

    replacements = files.replacements(posix)
    replacements |= {
        name: globals()[name]
        for name in (
            'read write close closerange dup dup2 pipe get_blocking set_blocking get_inheritable set_inheritable '
            'isatty fstat fork uname utime'
        ).split()
    }
    replacements |= {
        'pipe2': pipe2,
        'kill': process.kill,
        'killpg': process.kill,
        'waitpid': process.waitpid,
        'wait': process.wait,
        'wait3': process.wait3,
        'wait4': process.wait4,
        'system': process.system,
        'getpid': process.getpid,
        'getppid': process.getppid,
        '_exit': process.exit_now,
        'getuid': lambda: 0,
        'geteuid': lambda: 0,
        'getgid': lambda: 0,
        'getegid': lambda: 0,
        'getgroups': lambda: [0],
        'setuid': lambda _uid: None,
        'setgid': lambda _gid: None,
        'initgroups': lambda _name, _gid: None,
        'cpu_count': lambda: 1,
        'sched_getaffinity': lambda _pid: {0},
        'getloadavg': lambda: (0.0, 0.0, 0.0),
    }
    for name, replacement in replacements.items():
        if hasattr(posix, name):
            _original[name] = getattr(posix, name)
        setattr(posix, name, replacement)
        setattr(os, name, replacement)
        if name not in os.__all__ and not name.startswith('_'):
            os.__all__.append(name)
    _original['open'] = io.open
    io.open = open_descriptor
