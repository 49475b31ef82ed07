"""The command line of `python3`: what comes after the interpreter has started."""

import sys

import _sandbox_compile
import _sandbox_core as core

VERSION = '3.14.2'
USAGE = 'usage: {0} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h\' for more information.\n'
_WITH_VALUE = 'WXQ'
_FLAGS = 'bBdEhiIOPqRsSuvVx?'

_PROGRAM_MODULES = {'pip': 'pip', 'venv': '__venv'}
"""Modules that are programs of the sandbox, and their names there: `python -m pip` is its `pip`."""


class Command:
    """A parsed command line. `kind`: 'file', 'module', 'code', 'stdin', 'version', 'help' or 'error'."""

    def __init__(self, kind, target='', argv=()):
        self.kind = kind
        self.target = target
        self.argv = list(argv)


def parse(arguments):
    """Splits the arguments after the program's name, as Python's `main` does."""
    rest = list(arguments)
    while rest:
        word = rest[0]
        if word == '-':
            return Command('stdin', argv=rest)
        if word == '--':
            rest.pop(0)
            break
        if word in ('--version', '--help'):
            return Command(word[2:])
        if not word.startswith('-'):
            break
        rest.pop(0)
        for position, letter in enumerate(word[1:], 1):
            tail = word[position + 1 :]
            if letter in 'cm':
                kind = 'code' if letter == 'c' else 'module'
                target = tail or (rest.pop(0) if rest else None)
                if target is None:
                    return Command('error', f'Argument expected for the -{letter} option')
                return Command(kind, target, ['-' + letter, *rest])
            if letter in _WITH_VALUE:
                if not tail and rest:
                    rest.pop(0)
                break
            if letter == 'V':
                return Command('version')
            if letter in 'h?':
                return Command('help')
            if letter not in _FLAGS:
                return Command('error', f'Unknown option: -{letter}')
    return Command('file', rest[0], rest) if rest else Command('stdin', argv=[''])


def _read_all_stdin():
    return sys.stdin.buffer.read()


def _run_code(source, filename, namespace):
    code = _sandbox_compile.compile_own(source, filename)
    exec(code, namespace)


def _run_file(path, namespace):
    import io
    import os

    if os.path.isdir(path) or path.endswith(('.zip', '.pyz')):
        import runpy

        sys.path[0] = path
        runpy._run_module_as_main('__main__', alter_argv=False)
        return
    with io.open_code(path) as file:
        source = file.read()
    from importlib.machinery import SourceFileLoader

    namespace['__file__'] = path
    namespace['__loader__'] = SourceFileLoader('__main__', path)
    namespace['__cached__'] = None
    _run_code(source, path, namespace)


def _execute(command):
    import os

    import __main__

    namespace = __main__.__dict__
    for name in [name for name in namespace if not (name.startswith('__') and name.endswith('__'))]:
        del namespace[name]
    namespace['__annotations__'] = {}
    if command.kind == 'code':
        sys.path.insert(0, '')
        _run_code(command.target, '<string>', namespace)
    elif command.kind == 'stdin':
        sys.path.insert(0, '')
        _run_code(_read_all_stdin(), '<stdin>', namespace)
    elif command.kind == 'module' and command.target in _PROGRAM_MODULES:
        import subprocess

        sys.exit(subprocess.call([_PROGRAM_MODULES[command.target], *command.argv[1:]]))
    elif command.kind == 'module':
        import runpy

        sys.path.insert(0, os.getcwd())
        runpy._run_module_as_main(command.target, alter_argv=True)
    else:
        sys.path.insert(0, os.path.dirname(os.path.realpath(command.target)))
        _run_file(os.path.abspath(command.target), namespace)


def _exit_code(error):
    """The process's exit code for a SystemExit; prints its message if that is what it carries."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    _flush(sys.stdout)
    print(code, file=sys.stderr)
    return 1


# A program that cannot be compiled has no frame of its own.
_OWN = (__name__, '_sandbox_compile')


def _report(error):
    """Prints an uncaught exception through `sys.excepthook`, without this module's own frames."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_globals.get('__name__') in _OWN:
        traceback = traceback.tb_next
    error.__traceback__ = traceback
    _flush(sys.stdout)
    try:
        sys.excepthook(type(error), error, traceback)
    except BaseException as failure:
        sys.__excepthook__(type(failure), failure, failure.__traceback__)
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _guarded(step):
    try:
        step()
    except SystemExit as error:
        return _exit_code(error)
    except BaseException as error:
        return _report(error)
    return 0


def _flush(stream):
    try:
        stream.flush()
    except Exception:
        return False
    return True


def _missing_file(path):
    import os

    program = sys.executable
    try:
        with open(path, 'rb'):
            return None
    except OSError as error:
        if os.path.isdir(path):
            return None
        return f"{program}: can't open file {os.path.join(os.getcwd(), path)!r}: [Errno {error.errno}] {error.strerror}\n"


def main(arguments):
    """Runs the command line (without the program's name) to its end; returns the exit code."""
    core.host.stackLimit.begin()
    command = parse(arguments.to_py())
    if command.kind == 'version':
        print(f'Python {VERSION}')
        return 0
    if command.kind == 'help':
        sys.stdout.write(USAGE.format(sys.executable))
        return 0
    if command.kind == 'error':
        sys.stderr.write(f'{command.target}\n{USAGE.format(sys.executable)}')
        return 2
    if command.kind == 'file' and (message := _missing_file(command.target)):
        sys.stderr.write(message)
        return 2
    sys.argv = command.argv
    code = _guarded(lambda: _execute(command))
    return _finish(code)


def _forget_names(module):
    """Lets go of what the program's names stand for, which deletes what nothing else holds.

    Modules, functions and classes come last: `__del__` methods use them.
    """
    names = vars(module) if module is not None else {}
    used = (type(sys), type(_forget_names), type(len), type)
    for last in (False, True):
        for name, value in list(names.items()):
            if name != '__builtins__' and isinstance(value, used) == last:
                names[name] = None


def _finish(code):
    """What the interpreter does at its end: threads that are not daemons, exit functions, buffers."""
    import atexit

    if 'threading' in sys.modules:
        _guarded(sys.modules['threading']._shutdown)
    _guarded(atexit._run_exitfuncs)
    core.ended = True
    _forget_names(sys.modules.get('__main__'))
    if not _flush(sys.stdout):
        code = code or 120
    _flush(sys.stderr)
    return code
