"""Bare threads, locks and identities as `_thread` has them."""

import _thread
import signal
import sys
import threading
import time


def said(call):
    try:
        return call()
    except BaseException as error:
        return f'{type(error).__name__}: {error}'


for lock in (threading.Lock(), threading.RLock()):
    print(said(lambda: lock.acquire(timeout=1e100)))
    print(said(lambda: lock.acquire(timeout=-5)))
    print(said(lambda: lock.acquire(False, 1)))
    print(said(lambda: lock.acquire(timeout=threading.TIMEOUT_MAX)))
    lock.release()
    print(said(lock.release))

print(sorted(threading.__all__)[-6:], threading.TIMEOUT_MAX, threading.get_ident.__module__)
print(said(lambda: _thread.start_new_thread(1, ())), said(lambda: _thread.start_new_thread(print, [])))

# An exception in a bare thread is reported, and the program goes on.
reports = []
sys.unraisablehook = lambda args: reports.append((args.exc_type.__name__, str(args.exc_value), args.err_msg, args.object))


def task():
    raise ValueError('task failed')


_thread.start_new_thread(task, ())
while not reports:
    time.sleep(0.01)
print(reports[0][:3], reports[0][3] is task)
sys.unraisablehook = sys.__unraisablehook__

# interrupt_main acts as the signal would, but never ends the program by itself.
print(said(_thread.interrupt_main))
previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
print(said(_thread.interrupt_main))
signal.signal(signal.SIGINT, signal.SIG_DFL)
print(said(_thread.interrupt_main))
signal.signal(signal.SIGINT, lambda number, frame: 1 / 0)
print(said(_thread.interrupt_main).split(':')[0])
signal.signal(signal.SIGINT, previous)
print(said(lambda: _thread.interrupt_main(0)), said(lambda: _thread.interrupt_main(100)))

print(threading.get_ident() == threading.main_thread().ident, _thread.stack_size(), said(lambda: _thread.stack_size(-1)))
