# run: printf 'first line\nsecond third\n' | COLOUR=green python start_and_end.py one 'two words'; echo "exit $?"; python start_and_end.py --message; echo "exit $?"; python start_and_end.py --signals; echo "exit $?"; python start_and_end.py --fails; echo "exit $?"; mkdir -p lib source/inner; echo 'name = "first"' > lib/first.py; echo 'name = "second"' > source/inner/second.py; cp start_and_end.py lib; cd lib && PYTHONPATH=$PWD:../source python start_and_end.py --path
"""Arguments, environment, input, exit codes, messages, signals, tracebacks, PYTHONPATH."""

import os
import sys


def fail():
    raise ValueError('what went wrong')


def signals():
    import atexit
    import signal

    atexit.register(print, 'not printed')
    signal.signal(signal.SIGTERM, lambda number, frame: print('handler', number))
    os.kill(os.getpid(), signal.SIGTERM)
    try:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass
    except KeyboardInterrupt:
        print('interrupted')
    print('last words', flush=True)
    os._exit(9)


def path():
    import first
    import inner.second

    folder = os.getcwd()
    shown = [entry.replace(folder, 'CWD') for entry in sys.path[:3]]
    print(first.name, inner.second.name, os.environ['PYTHONPATH'].replace(folder, 'CWD'), os.path.basename(shown[2]))


match sys.argv[1:]:
    case ['--message']:
        print('before', flush=True)
        sys.exit('the reason')
    case ['--signals']:
        signals()
    case ['--fails']:
        sys.stdout.flush()
        fail()
    case ['--path']:
        path()
    case arguments:
        print(arguments, os.environ['COLOUR'], os.path.basename(__file__), __name__)
        print(input(), sys.stdin.read().split(), sep='|', flush=True)
        sys.stderr.write('to stderr\n')
        sys.stdout.write('no newline')
        sys.exit(3)
