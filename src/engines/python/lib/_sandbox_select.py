"""`select`: readiness of sockets and pipes. Ordinary files are always ready, as on Linux."""

import errno
import os
import time

import _sandbox_core as core

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192


def descriptor(file):
    fd = file if isinstance(file, int) else file.fileno()
    if not isinstance(fd, int):
        raise TypeError('argument must be an int, or have a fileno() method.')
    if fd < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({fd})')
    return fd


def _wait(interests, timeout):
    """Waits until one of `interests` ({fd: events}) is ready; returns a list of (fd, ready events)."""
    if not interests and timeout == 0:
        return []
    flat = core.to_js([number for pair in interests.items() for number in pair])
    deadline = None if timeout is None else time.monotonic() + timeout
    found = core.host.readiness(flat)
    if core.host.isStale():
        # A program that only polls must not keep the worker's event loop, and with it new data, away.
        core.block(core.host.turn())
        found = core.host.readiness(flat)
    while not found.length:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            break
        core.block(core.host.waitAny(flat, core.milliseconds(left)))
        found = core.host.readiness(flat)
    if not found.length:
        return []
    numbers = found.to_py()
    return list(zip(numbers[::2], numbers[1::2]))


class poll:
    """An object as `select.poll()` returns it."""

    def __init__(self):
        self._interests = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        self._interests[descriptor(fd)] = eventmask

    def modify(self, fd, eventmask):
        number = descriptor(fd)
        if number not in self._interests:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        self._interests[number] = eventmask

    def unregister(self, fd):
        del self._interests[descriptor(fd)]

    def poll(self, timeout=None):
        """Ready descriptors, after at most `timeout` milliseconds."""
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        return _wait(self._interests, seconds)


def select(rlist, wlist, xlist, timeout=None):
    if timeout is not None and timeout < 0:
        raise ValueError('timeout must be non-negative')
    readers = [(descriptor(file), file) for file in rlist]
    writers = [(descriptor(file), file) for file in wlist]
    interests = {descriptor(file): 0 for file in xlist}
    for fd, _file in readers:
        interests[fd] = interests.get(fd, 0) | POLLIN
    for fd, _file in writers:
        interests[fd] = interests.get(fd, 0) | POLLOUT
    ready = dict(_wait(interests, timeout))
    if any(events & POLLNVAL for events in ready.values()):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return (
        [file for fd, file in readers if ready.get(fd, 0) & (POLLIN | POLLHUP | POLLERR)],
        [file for fd, file in writers if ready.get(fd, 0) & (POLLOUT | POLLERR)],
        [],
    )


def install(module):
    poll.__module__ = 'select'
    for name in list(globals()):
        if name.startswith('POLL'):
            setattr(module, name, globals()[name])
    module.poll = poll
    module.select = select
