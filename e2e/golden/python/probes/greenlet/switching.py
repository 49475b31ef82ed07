# install: greenlet==3.5.6
"""Switching, arguments, results, parents, dead and unstarted greenlets."""

import weakref

import greenlet
from greenlet import GreenletExit, getcurrent
from greenlet import greenlet as G


def attempt(label, action):
    try:
        print(label, '->', repr(action()))
    except BaseException as error:
        print(label, '!', type(error).__name__, error)


main = getcurrent()
print(main is getcurrent(), main.parent, main.dead, bool(main), isinstance(main, G))

seen = []


def one():
    seen.append('one starts')
    answer = two_.switch('from one')
    seen.append(f'one got {answer}')
    two_.switch('again')
    seen.append('never')


def two(value):
    seen.append(f'two starts with {value}')
    got = one_.switch('from two')
    seen.append(f'two got {got}')
    return 'end of two'


one_, two_ = G(one), G(two)
print(bool(one_), one_.dead)
attempt('start', lambda: one_.switch())
print(seen)
print(bool(one_), one_.dead, bool(two_), two_.dead)

echo = G(lambda *a, **k: [main.switch((a, k)) for _ in range(1)] and 'done')
attempt('echo start', lambda: echo.switch(1, 2, x=3))
attempt('echo end', lambda: echo.switch())
attempt('dead', lambda: echo.switch())
attempt('dead one', lambda: echo.switch(5))
attempt('dead two', lambda: echo.switch(5, 6))
attempt('dead mixed', lambda: echo.switch(5, a=6))
attempt('dead keywords', lambda: echo.switch(a=6))


def shapes():
    results = []
    value = main.switch('ready')
    while value != 'stop':
        results.append(value)
        value = main.switch(value)
    return results


g = G(shapes)
print(g.switch())
for args, kwargs in (((), {}), ((1,), {}), ((1, 2), {}), ((), {'a': 1}), ((1,), {'a': 1}), (((),), {})):
    print(args, kwargs, '->', g.switch(*args, **kwargs))
print(g.switch('stop'))


def nested():
    inner = G(lambda: getcurrent().parent is outer)
    result = inner.switch()
    return result, inner.parent is outer, inner.dead


outer = G(nested)
print('nested', outer.switch())

attempt('self', lambda: main.switch('to myself'))
attempt('no run', lambda: G().switch())
attempt('bad run', lambda: G(5).switch())
attempt('bad parent', lambda: G(parent=5))
attempt('parent of main', lambda: setattr(main, 'parent', G()))
attempt('delete parent', lambda: delattr(G(), 'parent'))
a = G()
b = G(parent=a)
attempt('cycle', lambda: setattr(a, 'parent', b))
attempt('run of unstarted', lambda: callable(one.__call__) and G(one).run is one)
h = G(shapes)
h.switch()
attempt('run of started', lambda: h.run)
attempt('set run', lambda: setattr(h, 'run', one))
attempt('delete run', lambda: delattr(h, 'run'))
attempt('set run unstarted', lambda: setattr(a, 'run', lambda: 'ran'))
attempt('runs', a.switch)
attempt('too many', lambda: G(1, 2, 3))
attempt('keyword', lambda: G(run=lambda: 1, parent=main).switch())

# An unstarted parent runs with the result of its child.
parent = G(lambda value: ('parent got', value))
child = G(lambda: 'child result', parent)
attempt('through an unstarted parent', child.switch)
attempt('after', lambda: (parent.dead, child.dead))


class Sub(G):
    def run(self, *args):
        return type(self).__name__, args, self is getcurrent(), self.tag


sub = Sub()
sub.tag = 'tagged'
attempt('subclass', lambda: sub.switch(1, 2))
attempt('subclass run again', sub.switch)
print(G.GreenletExit is GreenletExit, G.error is greenlet.error, G.getcurrent is getcurrent, greenlet.error.__mro__[1])
print(GreenletExit.__mro__[1].__name__, GreenletExit.__module__, greenlet.error.__module__, G.__name__, G.__module__)
print(greenlet.GREENLET_USE_GC, greenlet.GREENLET_USE_CONTEXT_VARS, greenlet.GREENLET_USE_TRACING)

ended = []


def waits():
    try:
        main.switch()
    except BaseException as error:
        ended.append(type(error).__name__)
        raise
    finally:
        ended.append('finally')


k = G(waits)
k.switch()
ref = weakref.ref(k)
del k
print('collected', ended, ref())
depth = 0


def deeper(level):
    if level == 0:
        return main.switch('bottom')
    return deeper(level - 1)


d = G(deeper)
print(d.switch(60), d.switch('up'))
count = G(lambda: [main.switch(i) for i in range(2000)][-1])
total = count.switch()
while not count.dead:
    total += count.switch() or 0
print(total)
many = [G(lambda i=i: main.switch(i) or i) for i in range(50)]
print(sum(m.switch() for m in many), sum(m.switch() for m in many), all(m.dead for m in many))
import pickle  # noqa: E402

attempt('pickle', lambda: pickle.dumps(G()))
