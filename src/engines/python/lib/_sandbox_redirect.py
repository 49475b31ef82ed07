"""Standard streams of a child that are files of ours: a pipe for the child, and a thread that carries the bytes.

The kernel gives a child pipes or this process's own streams, and nothing else.
"""

import _thread
import os
from collections import deque

import _sandbox_core as core

_CHUNK = 65_536

_busy = {}
"""Threads that still write what a child has put out, by its pid."""

waiting = deque()
"""Threads that wait for those."""


class Redirections:
    """The streams of one child that is about to start."""

    def __init__(self):
        self._ours = []
        self._pumps = []
        self._outputs = {}

    def input(self, fd):
        """The descriptor to start the child with, for its standard input from `fd`."""
        if fd in (-1, 0) or core.host.isOpen(fd):
            return fd
        reader, writer = os.pipe()
        self._ours.append(reader)
        self._pumps.append((os.dup(fd), writer, False))
        return reader

    def output(self, fd, own):
        """The same for an output to `fd`; `own` is our descriptor of the same stream."""
        if fd in (-1, own) or core.host.isOpen(fd):
            return fd
        if fd not in self._outputs:
            reader, writer = os.pipe()
            self._ours.append(writer)
            self._outputs[fd] = writer
            self._pumps.append((reader, os.dup(fd) if fd > 2 else fd, True))
        return self._outputs[fd]

    def begin(self, child):
        """Carries the bytes of the child, which has started."""
        self._close()
        for source, target, is_output in self._pumps:
            if is_output:
                _busy[child] = _busy.get(child, 0) + 1
            _thread.start_new_thread(_carry, (source, target, child if is_output else None))

    def abandon(self):
        """Forgets a child that could not be started."""
        self._close()
        for source, target, _is_output in self._pumps:
            os.close(source)
            _close(target)

    def _close(self):
        for fd in self._ours:
            os.close(fd)


def is_written(child):
    """Whether all that a child has put out is in its files."""
    return child not in _busy


def _close(fd):
    if fd > 2:
        os.close(fd)


def _carry(source, target, child):
    try:
        while data := os.read(source, _CHUNK):
            while data:
                data = data[os.write(target, data) :]
    except OSError:
        # The other end is gone.
        pass
    finally:
        os.close(source)
        _close(target)
        if child is not None:
            _busy[child] -= 1
            if not _busy[child]:
                del _busy[child]
                core.wake(waiting)
