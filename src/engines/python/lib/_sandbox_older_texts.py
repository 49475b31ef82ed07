"""Words and choices of the standard library of Python 3.12 that its later versions have changed."""

import sys


def _json_decoder(module):
    """A comma before a closing bracket was told of at the bracket, as of any other thing that is not a value."""
    error = module.JSONDecodeError
    original = error.__init__

    def __init__(self, msg, doc, pos):
        if msg.startswith('Illegal trailing comma before end of '):
            is_object = msg.endswith('object')
            msg = 'Expecting property name enclosed in double quotes' if is_object else 'Expecting value'
            pos += 1
            while doc[pos : pos + 1] in (' ', '\t', '\n', '\r'):
                pos += 1
        original(self, msg, doc, pos)

    error.__init__ = __init__


_FEW_BRACKETS = 1000
"""So many of them can be nested on any stack."""


def _json_scanner(module):
    """The parser says when a text is nested too deeply, as natively, before the browser's stack is used up."""
    import _sandbox_core as core

    original = module.make_scanner

    def make_scanner(context):
        scan = original(context)
        if context.object_hook is not None or context.object_pairs_hook is not None:
            # They are called from within, and are to have the whole stack.
            return scan

        def scan_once(string, idx):
            if len(string) < _FEW_BRACKETS or string.count('[') + string.count('{') < _FEW_BRACKETS:
                return scan(string, idx)
            core.host.stackLimit.narrow()
            try:
                return scan(string, idx)
            finally:
                core.host.stackLimit.widen()

        return scan_once

    module.make_scanner = make_scanner


def _functools(module):
    """Functions were registered by their annotations, which a submission's functions have without `__annotate__`."""
    original = module.singledispatch

    def singledispatch(func):
        dispatcher = original(func)
        register_class = dispatcher.register

        def register(cls, func=None):
            if func is not None or isinstance(cls, type) or getattr(cls, '__annotate__', None) is not None:
                return register_class(cls, func)
            if not getattr(cls, '__annotations__', None):
                return register_class(cls, func)
            from typing import get_type_hints

            argument, kind = next(iter(get_type_hints(cls).items()))
            try:
                return register_class(kind, cls)
            except TypeError:
                raise TypeError(f'Invalid annotation for {argument!r}. {_why_not(kind)}') from None

        dispatcher.register = register
        return dispatcher

    module.singledispatch = module.update_wrapper(singledispatch, original)
    del singledispatch.__wrapped__


def _why_not(kind):
    from typing import Union, get_origin

    return f'{kind!r} not all arguments are classes.' if get_origin(kind) is Union else f'{kind!r} is not a class.'


def _asyncio_runners(module):
    """`run` took coroutines alone, and said so before it asked for a running loop."""
    original = module.Runner.run

    def run(self, coro, *, context=None):
        if not module.coroutines.iscoroutine(coro):
            raise ValueError(f'a coroutine was expected, got {coro!r}')
        return original(self, coro, context=context)

    run.__doc__ = original.__doc__
    module.Runner.run = run


def _argparse(module):
    """Choices were quoted, each name of an option had its value, and `-m` left no trace in the program's name."""

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            choices = ', '.join(map(repr, action.choices))
            raise module.ArgumentError(action, f'invalid choice: {value!r} (choose from {choices})')

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            return self._metavar_formatter(action, default)(1)[0]
        if action.nargs == 0:
            return ', '.join(action.option_strings)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ', '.join(f'{option} {value}' for option in action.option_strings)

    def _prog_name(prog=None):
        import os

        return os.path.basename(sys.argv[0]) if prog is None else prog

    module.ArgumentParser._check_value = _check_value
    module.HelpFormatter._format_action_invocation = _format_action_invocation
    module._prog_name = _prog_name


def _fnmatch(module):
    """The end of a text was `\\Z` in patterns; `\\z`, which now is the same, was an error."""
    original = module.translate

    def translate(pat):
        pattern = original(pat)
        return f'{pattern[:-2]}\\Z' if pattern.endswith('\\z') else pattern

    translate.__doc__ = original.__doc__
    module.translate = translate


def _gzip(module):
    """`compress` took the time of now by default, and left the system's number in the header as zlib writes it."""
    original = module.compress

    def compress(data, compresslevel=module._COMPRESS_LEVEL_BEST, *, mtime=None):
        made = original(data, compresslevel, mtime=mtime)
        return made[:9] + b'\x03' + made[10:] if mtime == 0 else made

    compress.__doc__ = original.__doc__
    module.compress = compress


def _locale(module):
    """The locales of a small machine; the C library here takes any name."""
    original = module._setlocale

    def setlocale(category, locale=None, /):
        names = (locale or '').split(';')
        if {name.rpartition('=')[2] for name in names} <= {'', 'C', 'POSIX', 'C.UTF-8', 'C.utf8'}:
            return original(category, 'C.UTF-8' if locale == '' and category == module.LC_CTYPE else locale)
        raise module.Error('unsupported locale setting')

    module._setlocale = setlocale


def _http_server(module):
    """Pages of errors had no style."""
    before, _start, rest = module.DEFAULT_ERROR_MESSAGE.partition('        <style')
    module.DEFAULT_ERROR_MESSAGE = before + rest.partition('</style>\n')[2]
    module.BaseHTTPRequestHandler.error_message_format = module.DEFAULT_ERROR_MESSAGE


def _textwrap(module):
    """Only spaces and tabs made a line empty; later `\r` does too, by which gunicorn's answers to bad requests break."""

    def dedent(text):
        from os.path import commonprefix

        lines = [line if line.strip(' \t') else '' for line in text.split('\n')]
        margin = len(commonprefix([line[: len(line) - len(line.lstrip(' \t'))] for line in lines if line]))
        return '\n'.join([line[margin:] for line in lines])

    dedent.__doc__ = module.dedent.__doc__
    module.dedent = dedent


PATCHES = {
    'argparse': _argparse,
    'asyncio.runners': _asyncio_runners,
    'fnmatch': _fnmatch,
    'functools': _functools,
    'gzip': _gzip,
    'http.server': _http_server,
    'json.decoder': _json_decoder,
    'json.scanner': _json_scanner,
    'locale': _locale,
    'textwrap': _textwrap,
}
