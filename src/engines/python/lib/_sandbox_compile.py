"""Compiles a submission's own files as Python 3.12 does: annotations evaluated at once, newer syntax refused.

The standard library and installed packages are compiled as this interpreter does it: they support it.
"""

import _ast as ast
import _warnings
import builtins
import sys
from _frozen_importlib import _call_with_frames_removed
from _frozen_importlib_external import SourceLoader, decode_source

import _sandbox_annotations
import _sandbox_recent
import _sandbox_syntax
from _sandbox_annotations import at

POSTPONED = 0x1000000
"""The code flag of `from __future__ import annotations`."""

_TREE_ONLY = 0x400
_OLDER_WORDS = {
    "multiple exception types must be parenthesized when using 'as'": 'multiple exception types must be parenthesized',
}
_INSTALLED = ('/site-packages/', '/dist-packages/')
_LIBRARY = ('/lib/python3', '/usr/local/lib/python3')
_COMPILE = '<compile>'
_EXECUTABLE = '<source>'
"""Names of the helpers for `compile(...)` and `exec(...)` in a submission's files."""

_compile = compile


def is_own(filename):
    """Whether a file, or text that was given a name, belongs to the submission."""
    name = filename if isinstance(filename, str) else str(filename)
    return not name.startswith(_LIBRARY) and not any(part in name for part in _INSTALLED)


def compile_own(source, filename, mode='exec', flags=0, dont_inherit=True, optimize=-1, **options):
    """`compile` for what a submission wrote: text, bytes or a syntax tree."""
    if mode != 'exec' or flags & (_TREE_ONLY | POSTPONED):
        return _compile(source, filename, mode, flags, True, optimize, **options)
    try:
        return _rewritten(source, filename, flags, optimize, options)
    except SyntaxError as error:
        error.msg = _OLDER_WORDS.get(error.msg, error.msg)
        # No frame of this module is part of what the program did.
        raise error.with_traceback(None)


def _rewritten(source, filename, flags, optimize, options):
    if isinstance(source, (str, bytes)) or not hasattr(source, 'body'):
        try:
            tree = _compile(source, filename, 'exec', flags | _TREE_ONLY, True, **options)
        except RecursionError:
            return _compile(source, filename, 'exec', flags, True, optimize, **options)
    else:
        tree = source
    text = _text(source, filename)
    _sandbox_syntax.refuse_newer(tree, text, filename)
    if _sandbox_recent.concerns(text):
        _sandbox_recent.rewrite(tree, text, _sandbox_syntax.walk)
    if not _sandbox_annotations.is_postponed(tree):
        _sandbox_annotations.rewrite(tree)
        if _sandbox_syntax.has_dynamic_code(text):
            _rewrite_calls(tree)
    return _compile(tree, filename, 'exec', flags, True, optimize, **options)


def _text(source, filename):
    """The text of a file; of the file itself where there is only its tree."""
    if isinstance(source, str):
        return source
    try:
        if not isinstance(source, bytes):
            with open(filename, 'rb') as file:
                source = file.read()
        return decode_source(source)
    except (OSError, SyntaxError, UnicodeError):
        return ''


def _rewrite_calls(tree):
    """Lets `exec(text)` and `compile(text, ...)` follow the same rules; other functions of these names stay."""
    for node in _sandbox_syntax.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == 'compile':
            helper = at(ast.Name(_COMPILE, ast.Load()), node.func)
            node.func = at(ast.Call(helper, [node.func], []), node.func)
        elif node.func.id == 'exec' and node.args and not isinstance(node.args[0], ast.Starred):
            text = node.args[0]
            callee = at(ast.Name('exec', ast.Load()), node.func)
            helper = at(ast.Name(_EXECUTABLE, ast.Load()), text)
            node.args[0] = at(ast.Call(helper, [callee, text], []), text)


def _for_compile(callee):
    return compile_own if callee is _compile else callee


def _for_exec(callee, source):
    if callee is not exec or not isinstance(source, (str, bytes)):
        return source
    return compile_own(source, '<string>')


def compile_any(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **options):
    """`compile` for modules that compile files of a program for it, such as `runpy`."""
    compiler = compile_own if is_own(filename) else _compile
    return compiler(source, filename, mode, flags, True, optimize, **options)


def _source_to_code(self, data, path, *, _optimize=-1):
    compiler = compile_own if is_own(path) else _compile
    return _call_with_frames_removed(compiler, data, path, 'exec', dont_inherit=True, optimize=_optimize)


def _as_part_of(function, original):
    """Gives a function the name and file of another, by which the interpreter leaves frames out of tracebacks."""
    model = original.__code__
    function.__code__ = function.__code__.replace(
        co_filename=model.co_filename, co_name=model.co_name, co_qualname=model.co_qualname
    )
    return function


COMPILING_MODULES = ('runpy', 'flask.config', 'sanic.utils', '_pytest.assertion.rewrite')
"""Modules whose calls of `compile` concern files of the program."""


def use_in(module):
    """Lets a module's own `compile` calls follow these rules."""
    module.compile = compile_any


def _ignore_newer_warnings():
    """Warnings of the compiler that Python 3.12 does not have."""
    _warnings._acquire_lock()
    for keyword in ('return', 'break', 'continue'):
        text = f"'{keyword}' in a 'finally' block"
        _warnings.filters.append(('ignore', text, SyntaxWarning, None, 0))
    _warnings._filters_mutated_lock_held()
    _warnings._release_lock()


def install():
    _sandbox_annotations.install()
    _sandbox_recent.install()
    _ignore_newer_warnings()
    setattr(builtins, _COMPILE, _for_compile)
    setattr(builtins, _EXECUTABLE, _for_exec)
    SourceLoader.source_to_code = _as_part_of(_source_to_code, SourceLoader.source_to_code)
    _as_part_of(compile_own, _call_with_frames_removed)
    import _sandbox_builtins

    for name in COMPILING_MODULES:
        if name in sys.modules:
            use_in(sys.modules[name])
        else:
            _sandbox_builtins.after_import[name] = use_in
