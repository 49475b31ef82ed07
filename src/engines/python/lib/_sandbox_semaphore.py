"""`_multiprocessing`: semaphores that are known to this process only."""

from collections import deque

import _sandbox_core as core

RECURSIVE_MUTEX, SEMAPHORE = 0, 1


class SemLock:
    """A semaphore, or a mutex that its owner may take again."""

    SEM_VALUE_MAX = 2147483647

    def __init__(self, kind, value, maxvalue, name, unlink):
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None if unlink else name
        self.handle = id(self)
        self._value = value
        self._held = 0
        self._owner = 0
        self._waiters = deque()

    def acquire(self, block=True, timeout=None):
        if self.kind == RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        if not self._value:
            if not block:
                return False
            if not core.wait_until(lambda: self._value > 0, self._waiters, timeout):
                return False
        self._value -= 1
        self._held += 1
        self._owner = core.current
        return True

    def release(self):
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError('attempt to release recursive lock not owned by thread')
            if self._held > 1:
                self._held -= 1
                return
        elif self._value >= self.maxvalue:
            raise ValueError('semaphore or lock released too many times')
        self._held -= 1
        self._value += 1
        core.wake(self._waiters, 1)

    __enter__ = acquire

    def __exit__(self, *_exc_info):
        self.release()

    def _count(self):
        return self._held

    def _is_mine(self):
        return self._held > 0 and self._owner == core.current

    def _is_zero(self):
        return self._value == 0

    def _get_value(self):
        return self._value

    def _after_fork(self):
        self._held = 0


def fill(module):
    SemLock.__module__ = '_multiprocessing'
    module.SemLock = SemLock
    module.sem_unlink = lambda name: None
    module.flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}
