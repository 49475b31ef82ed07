# install: greenlet==3.5.6
"""throw, exceptions that pass to the parent, GreenletExit, tracing, threads."""

import sys
import threading

import greenlet
from greenlet import GreenletExit, getcurrent
from greenlet import greenlet as G


def attempt(label, action):
    try:
        print(label, '->', repr(action()))
    except BaseException as error:
        print(label, '!', type(error).__name__, error, repr(error.__context__), repr(error.__cause__))


main = getcurrent()


def fails():
    raise ValueError('inside')


attempt('passes to the parent', G(fails).switch)


def catches():
    try:
        main.switch('waiting')
    except Exception as error:
        return 'caught', type(error).__name__, error.args


for arguments in ((KeyError,), (KeyError, 'k'), (KeyError('instance'),), (KeyError, ('a', 'b')), (KeyError, KeyError('v'))):
    g = G(catches)
    g.switch()
    attempt(f'throw {arguments}', lambda: g.throw(*arguments))

g = G(catches)
g.switch()
attempt('throw default', g.throw)
print(g.dead)
attempt('throw into dead', lambda: g.throw(ValueError, 'late'))
attempt('exit into dead', lambda: repr(g.throw()))
attempt('exit with value into dead', lambda: repr(g.throw(GreenletExit('v'))))
u = G(catches)
attempt('throw into unstarted', lambda: u.throw(ValueError('never ran')))
print(u.dead, bool(u))
u = G(catches)
attempt('exit into unstarted', lambda: repr(u.throw(GreenletExit)))
print(u.dead)
attempt('exit is a result', G(lambda: (_ for _ in ()).throw(GreenletExit(7))).switch)
g = G(catches)
g.switch()
attempt('no exception', lambda: g.throw(5))
attempt('no class', lambda: g.throw(int))
attempt('value with instance', lambda: g.throw(ValueError('a'), 'b'))
attempt('no traceback', lambda: g.throw(ValueError, 'a', 5))
attempt('still there', lambda: g.throw(ValueError, 'a', None))


def reraises():
    try:
        main.switch()
    except ValueError as error:
        raise KeyError('second') from error


g = G(reraises)
g.switch()
attempt('chained', lambda: g.throw(ValueError('first')))


def in_except():
    try:
        raise OSError('handled')
    except OSError:
        main.switch(sys.exc_info()[1])
        return sys.exc_info()[1]


g = G(in_except)
print(repr(g.switch()), sys.exc_info())
try:
    raise LookupError('outer')
except LookupError:
    print(repr(g.switch()), repr(sys.exc_info()[1]))
    print(G(lambda: sys.exc_info()).switch())
    attempt('no context', G(fails).switch)

attempt('exit of the process', lambda: G(lambda: sys.exit(3)).switch())
attempt('interrupt', lambda: G(lambda: (_ for _ in ()).throw(KeyboardInterrupt)).switch())

events = []
previous = greenlet.settrace(lambda event, args: events.append((event, args[0] is main, args[1] is main)))
g = G(catches)
g.switch()
attempt('traced', lambda: g.throw(KeyError))
print(previous, callable(greenlet.settrace(None)), greenlet.gettrace(), events)

results = []


def in_thread():
    mine = getcurrent()
    results.append((mine is main, mine.parent, mine.dead))
    g = G(lambda: mine.switch('between') or 'end')
    results.append((g.switch(), g.switch(), g.dead))
    try:
        suspended.switch()
    except greenlet.error as error:
        results.append(str(error).split('\n')[0].split(' (')[0])
    try:
        G(parent=main)
    except ValueError as error:
        results.append(str(error))


suspended = G(catches)
suspended.switch()
thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
print(results)
attempt('still mine', lambda: suspended.throw(KeyError, 1))

local = threading.local()
local.value = 'main'
attempt('thread locals are shared', G(lambda: local.value).switch)
attempt('ident', lambda: G(threading.get_ident).switch() == threading.get_ident())
lock = threading.RLock()
with lock:
    attempt('rlock', lambda: G(lambda: lock.acquire(blocking=False)).switch())


def producer():
    for item in 'abc':
        consumer_.switch(item)
    consumer_.switch(None)


def consumer(item):
    taken = []
    while item is not None:
        taken.append(item)
        item = producer_.switch()
    return taken


producer_, consumer_ = G(producer), G(consumer)
attempt('producer and consumer', producer_.switch)


def generator_in_greenlet():
    def numbers():
        for i in range(3):
            yield main.switch(i)

    return list(numbers())


g = G(generator_in_greenlet)
print(g.switch(), g.switch('x'), g.switch('y'), g.switch('z'))
