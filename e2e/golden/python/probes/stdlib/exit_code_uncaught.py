import atexit
import sys
import threading


class Loud:
    def __del__(self):
        print('deleted')


atexit.register(print, 'at exit 1')
atexit.register(print, 'at exit 2')
threading.Thread(target=lambda: print('in a thread')).start()
loud = Loud()
sys.stderr.write('before\n')


def inner(value):
    return {'a': value}['b']


def outer():
    try:
        inner(1)
    except KeyError:
        raise RuntimeError('while handling')


outer()
