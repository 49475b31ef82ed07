"""`select`: readiness of sockets and pipes. Ordinary files are always ready, as on Linux."""

import errno
import os
import time

import _sandbox_core as core

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
EPOLL_CLOEXEC = 0x80000
_EPOLL = {
    'EPOLLIN': 1, 'EPOLLPRI': 2, 'EPOLLOUT': 4, 'EPOLLERR': 8, 'EPOLLHUP': 16, 'EPOLLRDNORM': 64, 'EPOLLRDBAND': 128,
    'EPOLLWRNORM': 256, 'EPOLLWRBAND': 512, 'EPOLLMSG': 1024, 'EPOLLRDHUP': 8192, 'EPOLLEXCLUSIVE': 1 << 28,
    'EPOLLWAKEUP': 1 << 29, 'EPOLLONESHOT': 1 << 30, 'EPOLLET': 1 << 31, 'EPOLL_CLOEXEC': EPOLL_CLOEXEC,
}  # fmt: skip
_FIRST_OWN = 5000
"""Descriptors of sockets and pipes start here; below are those of files."""

_INT_MAX = 0x7FFFFFFF


def _error(number):
    return OSError(number, os.strerror(number))


def descriptor(file):
    if isinstance(file, int):
        fd = int(file)
    else:
        fileno = getattr(file, 'fileno', None)
        if fileno is None:
            raise TypeError('argument must be an int, or have a fileno() method.')
        fd = fileno()
        if not isinstance(fd, int):
            raise TypeError('fileno() returned a non-integer')
    if fd < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({fd})')
    return fd


def _deadline(timeout):
    return None if timeout is None else time.monotonic() + timeout


def _left(deadline):
    return None if deadline is None else max(0, deadline - time.monotonic())


def _wait(interests, timeout):
    """Waits until one of `interests` ({fd: events}) is ready; returns a list of (fd, ready events)."""
    if not interests and timeout == 0:
        return []
    flat = core.to_js([number for pair in interests.items() for number in pair])
    deadline = _deadline(timeout)
    found = core.host.readiness(flat)
    if core.host.isStale():
        # A program that only polls must not keep the worker's event loop, and with it new data, away.
        core.block(core.host.turn())
        found = core.host.readiness(flat)
    while not found.length:
        left = _left(deadline)
        if left == 0:
            break
        core.block(core.host.waitAny(flat, core.milliseconds(left)))
        found = core.host.readiness(flat)
    if not found.length:
        return []
    numbers = found.to_py()
    return list(zip(numbers[::2], numbers[1::2]))


class poll:
    """An object as `select.poll()` returns it."""

    def __new__(cls, *_args, **_kwargs):
        raise TypeError(f"cannot create '{cls.__module__}.{cls.__name__}' instances")

    def _empty(self):
        self._interests = {}
        self._busy = False
        return self

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._interests[descriptor(fd)] = _event_mask(eventmask)

    def modify(self, fd, eventmask, /):
        number = descriptor(fd)
        if number not in self._interests:
            raise _error(errno.ENOENT)
        self._interests[number] = _event_mask(eventmask)

    def unregister(self, fd, /):
        del self._interests[descriptor(fd)]

    def poll(self, timeout=None, /):
        """Ready descriptors, after at most `timeout` milliseconds."""
        if timeout is not None:
            if not isinstance(timeout, (int, float)):
                raise TypeError('timeout must be an integer or None')
            if timeout > _INT_MAX:
                raise OverflowError('timeout is too large')
        if self._busy:
            raise RuntimeError('concurrent poll() invocation')
        self._busy = True
        try:
            if closed := {fd for fd in self._interests if fd < _FIRST_OWN and not _is_file(fd)}:
                ready = dict(_wait({fd: self._interests[fd] for fd in self._interests.keys() - closed}, 0))
                ready |= dict.fromkeys(closed, POLLNVAL)
                return [(fd, ready[fd]) for fd in self._interests if fd in ready]
            return _wait(self._interests, None if timeout is None or timeout < 0 else timeout / 1000)
        finally:
            self._busy = False


def _is_file(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def _event_mask(mask):
    mask = mask.__index__()
    if mask < 0:
        raise ValueError('value must be positive')
    if mask > 0xFFFF:
        raise OverflowError('Python int too large for C unsigned short')
    return mask


class epoll:
    """An object as `select.epoll()` returns it."""

    def __init__(self, sizehint=-1, flags=0):
        if sizehint < -1 or sizehint == 0:
            raise ValueError('negative sizehint')
        if flags & ~EPOLL_CLOEXEC:
            raise OSError('invalid flags')
        # `selectors` tries it when it is imported, which may be before the worker is there.
        self._fd = -1 if core.host is None else core.host.openEpoll()

    @classmethod
    def fromfd(cls, fd, /):
        made = cls.__new__(cls)
        made._fd = fd
        return made

    def _checked(self):
        if self._fd < 0:
            raise ValueError('I/O operation on closed epoll object')
        return self._fd

    @property
    def closed(self):
        return self._fd < 0

    def fileno(self):
        return self._checked()

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            core.host.close(fd)

    def __del__(self):
        if getattr(self, '_fd', -1) >= 0 and core.host is not None:
            self.close()

    def __enter__(self):
        self._checked()
        return self

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        self.close()

    def _control(self, operation, fd, eventmask=0):
        own, number = self._checked(), descriptor(fd)
        if number < _FIRST_OWN:
            os.fstat(number)
            if number > 2:
                raise _error(errno.EPERM)
        if code := core.host.epollControl(own, operation, number, eventmask.__index__() & 0xFFFFFFFF):
            raise _error(getattr(errno, code))

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        self._control(1, fd, eventmask)

    def unregister(self, fd):
        self._control(2, fd)

    def modify(self, fd, eventmask):
        self._control(3, fd, eventmask)

    def poll(self, timeout=None, maxevents=-1):
        """Ready descriptors, after at most `timeout` seconds."""
        own = self._checked()
        if not core.host.isOpen(own):
            raise _error(errno.EBADF)
        if timeout is not None and not isinstance(timeout, (int, float)):
            raise TypeError('timeout must be an integer or None')
        if maxevents == -1:
            maxevents = _INT_MAX >> 8
        elif maxevents < 1:
            raise ValueError(f'maxevents must be greater than 0, got {maxevents}')
        if core.host.isStale():
            core.block(core.host.turn())
        found = core.host.epollReady(own, maxevents)
        deadline = _deadline(None if timeout is None or timeout < 0 else timeout)
        while not found.length:
            left = _left(deadline)
            if left == 0:
                return []
            core.block(core.host.epollWait(own, core.milliseconds(left)))
            self._checked()
            found = core.host.epollReady(own, maxevents)
        numbers = found.to_py()
        return list(zip(numbers[::2], numbers[1::2]))


def _files(files):
    try:
        items = files if isinstance(files, (list, tuple)) else list(files)
    except TypeError:
        raise TypeError('arguments 1-3 must be sequences') from None
    # A method of one of them may empty the list meanwhile.
    pairs = [(descriptor(file), file) for file in iter(items)]
    for fd, _file in pairs:
        if fd < _FIRST_OWN:
            os.fstat(fd)
    return pairs


def select(rlist, wlist, xlist, timeout=None, /):
    if timeout is not None:
        if not isinstance(timeout, (int, float)):
            raise TypeError('timeout must be a float or None')
        if timeout < 0:
            raise ValueError('timeout must be non-negative')
    readers, writers, others = _files(rlist), _files(wlist), _files(xlist)
    interests = {fd: 0 for fd, _file in others}
    for fd, _file in readers:
        interests[fd] = interests.get(fd, 0) | POLLIN
    for fd, _file in writers:
        interests[fd] = interests.get(fd, 0) | POLLOUT
    asked = {fd for fd, _file in readers}, {fd for fd, _file in writers}
    deadline = _deadline(timeout)
    while True:
        ready = dict(_wait(interests, _left(deadline)))
        if any(events & POLLNVAL for events in ready.values()):
            raise _error(errno.EBADF)
        readable = {fd for fd in asked[0] if ready.get(fd, 0) & (POLLIN | POLLHUP | POLLERR)}
        writable = {fd for fd in asked[1] if ready.get(fd, 0) & (POLLOUT | POLLERR)}
        if readable or writable or _left(deadline) == 0:
            break
        if ready:
            # A hang-up is of no interest to those who only write; wait for a change without spinning.
            core.block(core.host.sleep(1))
    return [file for fd, file in readers if fd in readable], [file for fd, file in writers if fd in writable], []


def install(module):
    poll.__module__ = epoll.__module__ = 'select'
    for name in list(globals()):
        if name.startswith('POLL'):
            setattr(module, name, globals()[name])
    for name, value in _EPOLL.items():
        setattr(module, name, value)
    # The class makes its objects through the function alone.
    module.poll = staticmethod(lambda: object.__new__(poll)._empty())
    module.epoll = epoll
    # As a built-in function, it does not become a method where a class has it: `selectors` has one.
    module.select = staticmethod(select)
    module.PIPE_BUF = 4096
