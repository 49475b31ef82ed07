"""`ujson`: the compiled module of that package, over the interpreter's own scanner and in Python."""

import json
from _json import encode_basestring as _quote_plain
from _json import encode_basestring_ascii as _quote_ascii

import _sandbox_standins as standins

_DEPTH = 1024
_HTML = {ord('<'): '\\u003c', ord('>'): '\\u003e', ord('&'): '\\u0026'}


class JSONDecodeError(ValueError):
    __module__ = 'ujson'


def _float(value, allow_nan):
    text = float.__repr__(value)
    if text in ('nan', 'inf', '-inf'):
        if not allow_nan:
            raise OverflowError('Invalid value when encoding double')
        return {'nan': 'NaN', 'inf': 'Infinity', '-inf': '-Infinity'}[text]
    mantissa, found, exponent = text.partition('e')
    return text if not found else f'{mantissa}e{"+" if int(exponent) > 0 else ""}{int(exponent)}'


class _Writer:
    def __init__(self, ensure_ascii, encode_html_chars, escape_forward_slashes, sort_keys, indent, allow_nan,
                 reject_bytes, default, separators):  # fmt: skip
        self._ascii, self._html, self._slashes = ensure_ascii, encode_html_chars, escape_forward_slashes
        self._sort, self._indent, self._nan, self._reject = sort_keys, max(indent, 0), allow_nan, reject_bytes
        self._default, self._depth = default, 0
        self._comma, self._colon = separators or (',', ': ' if indent else ':')

    def _quote(self, text):
        if self._ascii:
            # This one character of ASCII is left as it is.
            quoted = '\x7f'.join(_quote_ascii(part)[1:-1] for part in text.split('\x7f'))
            quoted = f'"{quoted}"'
        else:
            quoted = _quote_plain(text)
        if self._slashes:
            quoted = quoted.replace('/', '\\/')
        return quoted.translate(_HTML) if self._html else quoted

    def text(self, value):
        if value is None:
            return 'null'
        if value is True or value is False:
            return 'true' if value else 'false'
        if isinstance(value, str):
            return self._quote(value)
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return _float(value, self._nan)
        self._depth += 1
        if self._depth > _DEPTH:
            raise OverflowError('Maximum recursion level reached')
        text = self._container(value)
        self._depth -= 1
        return text

    def _container(self, value):
        if isinstance(value, dict):
            items = sorted(value.items()) if self._sort else value.items()
            # Keys that read alike are one.
            unique = {self._key(key): each for key, each in items}
            parts = [f'{self._quote(key)}{self._colon}{self.text(each)}' for key, each in unique.items()]
            return self._joined('{', parts, '}')
        if isinstance(value, (list, tuple)):
            return self._joined('[', [self.text(each) for each in value], ']')
        return self._other(value)

    def _key(self, key):
        if isinstance(key, bytes):
            return key.decode()
        return 'null' if key is None else str(key)

    def _joined(self, start, parts, end):
        if not parts or not self._indent:
            return f'{start}{self._comma.join(parts)}{end}'
        inner = '\n' + ' ' * (self._indent * self._depth)
        outer = '\n' + ' ' * (self._indent * (self._depth - 1))
        return f'{start}{inner}{(self._comma.rstrip() + inner).join(parts)}{outer}{end}'

    def _other(self, value):
        if isinstance(value, bytes) and not self._reject:
            return self._quote(value.decode())
        if type(value).__name__ == 'Decimal':
            return _float(float(value), self._nan)
        if hasattr(value, '__json__'):
            return value.__json__()
        if hasattr(value, 'toDict'):
            return self.text(value.toDict())
        if self._default is None:
            raise TypeError(f'{value!r} is not JSON serializable')
        return self.text(self._default(value))


def dumps(obj, ensure_ascii=True, encode_html_chars=False, escape_forward_slashes=True, sort_keys=False, indent=0,
          allow_nan=True, reject_bytes=True, default=None, separators=None):  # fmt: skip
    """Converts an object to JSON."""
    return _Writer(
        ensure_ascii, encode_html_chars, escape_forward_slashes, sort_keys, indent, allow_nan, reject_bytes, default,
        separators,
    ).text(obj)  # fmt: skip


def dump(obj, fp, **options):
    """Writes an object as JSON to a file."""
    if not hasattr(fp, 'write'):
        raise TypeError('expected file')
    fp.write(dumps(obj, **options))


_decoder = json.JSONDecoder(strict=False)


def loads(s):
    """Converts JSON to an object."""
    if isinstance(s, (bytes, bytearray)):
        try:
            s = bytes(s).decode()
        except UnicodeDecodeError:
            raise JSONDecodeError("Invalid UTF-8 sequence length when decoding 'string'") from None
    elif not isinstance(s, str):
        raise TypeError('Expected string, bytes, or bytearray')
    try:
        return _decoder.decode(s)
    except RecursionError:
        raise JSONDecodeError('Reached object decoding depth limit') from None
    except json.JSONDecodeError as error:
        raise JSONDecodeError(_reason(error)) from None


def _is_in_array(doc, at):
    """Whether the innermost container that is open before a place is an array."""
    import re

    opened = []
    for mark in re.findall(r'"(?:[^"\\\\]|\\\\.)*"|[][{}]', doc[:at]):
        if mark in '[{':
            opened.append(mark)
        elif mark in ']}':
            opened.pop()
    return bool(opened) and opened[-1] == '['


def _reason(error):
    """The message that the package has for what is wrong."""
    doc, at = error.doc, error.pos
    if error.msg == 'Extra data':
        return 'Trailing data'
    if error.msg.startswith('Unterminated string'):
        return "Unmatched '\"' when decoding 'string'"
    if error.msg.startswith('Invalid \\escape'):
        return "Unrecognized escape sequence when decoding 'string'"
    if error.msg.startswith('Invalid \\uXXXX'):
        return "Unexpected character in unicode escape sequence when decoding 'string'"
    if error.msg.startswith("Expecting ':'"):
        return "No ':' found when decoding object value"
    if error.msg.startswith('Expecting property name') and at < len(doc) and doc[at] in '0123456789-[tfnNI':
        return "Key name of object must be 'string' when decoding 'object'"
    if error.msg.startswith("Expecting ','"):
        if _is_in_array(doc, at):
            return 'Unexpected character found when decoding array value (2)'
        return 'Unexpected character in found when decoding object value'
    if error.msg == 'Expecting value' and doc[at : at + 1] == ']' and doc[:at].rstrip(' \t\n\r').endswith(','):
        return 'Unexpected character found when decoding array value (1)'
    for word in ('true', 'false', 'null'):
        if error.msg == 'Expecting value' and doc[at : at + 1] == word[0]:
            return f"Unexpected character found when decoding '{word}'"
    return 'Expected object or value'


def load(fp):
    """Reads JSON from a file."""
    if not hasattr(fp, 'read'):
        raise TypeError('expected file')
    return loads(fp.read())


def install(module):
    standins.announce('ujson', 'Python in place of its compiled module; some texts of errors are less precise')
    for function in (dumps, dump, loads, load):
        function.__module__ = 'ujson'
        setattr(module, function.__name__, function)
    module.encode, module.decode, module.JSONDecodeError = dumps, loads, JSONDecodeError
    module.__version__ = standins.version_of(module, 'ujson')
