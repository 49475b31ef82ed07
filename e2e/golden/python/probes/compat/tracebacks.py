"""Tracebacks look as Python 3.12 prints them."""
import traceback, sys
def g(a, b): return a / b
class X: pass
def multi(a,
          b):
    return (a +
            b)
def h():
    d = {'k': {}}
    return d['k']['z']['q']
def show(f):
    try: f()
    except Exception: traceback.print_exc(file=sys.stdout)
show(lambda: g(1, 0))
show(h)
show(lambda: multi(1, 'x'))
show(lambda: multi(1,
   'x'))
show(lambda: X().foo.bar)
show(lambda: undefined_name)
def nest():
    try: g(1,0)
    except ZeroDivisionError as e:
        raise ValueError('bad ü') from e
show(nest)
def uni(): 
    s = 'ü' + 'ö' + 1 + X()
    return s
show(uni)
def group():
    raise ExceptionGroup('many', [ValueError(1), TypeError('t')])
show(group)
def rec(n): return rec(n + 1)
try: rec(0)
except RecursionError as e: print(e)
def stack(): traceback.print_stack(file=sys.stdout)
stack()
fs = traceback.extract_tb(e.__traceback__) if False else None
def note():
    e = KeyError('k'); e.add_note('note one'); raise e
show(note)
x = [1,2,3]
show(lambda: x[1][2])
show(lambda: print(len(x) + len('a'), x.pop(9), sep=''))
def assertion():
    assert x == [1], 'message'
def call():
    return g(
        1,
        0,
    )
show(call)
