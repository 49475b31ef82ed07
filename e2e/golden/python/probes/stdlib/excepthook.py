import sys
import threading
import warnings


def hook(kind, error, trace):
    print('hooked', kind.__name__, error, trace.tb_lineno > 0)


sys.excepthook = hook
threading.excepthook = lambda args: print('thread', args.exc_type.__name__, args.thread.name)
thread = threading.Thread(target=lambda: 1 / 0, name='t')
thread.start()
thread.join()
warnings.warn('shown', UserWarning)
warnings.warn_explicit('explicit', DeprecationWarning, 'file.py', 7)


class Bad:
    def __del__(self):
        raise ValueError('in del')


sys.unraisablehook = lambda args: print('unraisable', args.exc_value, args.err_msg)
Bad()
print('text', file=sys.stderr)
raise SystemError('uncaught')
