"""`orjson.orjson`: the compiled core of the orjson package: its writer; its reader is in `_sandbox_orjson_reader`."""

import datetime
import enum
import uuid
from _json import encode_basestring as _quote

import _sandbox_standins as standins
from _sandbox_orjson_reader import JSONDecodeError, loads

_OPTIONS = {
    'INDENT_2': 1, 'NAIVE_UTC': 2, 'NON_STR_KEYS': 4, 'OMIT_MICROSECONDS': 8, 'SERIALIZE_NUMPY': 16, 'SORT_KEYS': 32,
    'STRICT_INTEGER': 64, 'UTC_Z': 128, 'PASSTHROUGH_SUBCLASS': 256, 'PASSTHROUGH_DATETIME': 512,
    'APPEND_NEWLINE': 1024,
    'PASSTHROUGH_DATACLASS': 2048, 'SERIALIZE_DATACLASS': 0, 'SERIALIZE_UUID': 0,
}  # fmt: skip
_INDENT, _NAIVE_UTC, _ANY_KEYS, _NO_MICROSECONDS, _, _SORT, _STRICT, _UTC_Z = (1 << n for n in range(8))
_PASS_SUBCLASS, _PASS_DATETIME, _NEWLINE, _PASS_DATACLASS = (1 << n for n in range(8, 12))
_ALL_OPTIONS = 4095
_DEPTH = 255
"""Containers within each other, and calls of `default` within each other."""

_NAMED_BY_MODULE = {'datetime', 'decimal', 're'}
"""Modules of C types, which carry the module in their name."""


class Fragment:
    """Text that is JSON already."""

    __module__ = 'orjson'
    __slots__ = ('_Fragment__contents',)

    def __init__(self, *contents):
        if len(contents) != 1:
            raise TypeError('orjson.Fragment() takes exactly 1 positional argument')
        self.__contents = contents[0]

    def __getattr__(self, name):
        raise AttributeError(f"'orjson.Fragment' object has no attribute '{name}'")


_contents = Fragment._Fragment__contents.__get__


def _unserializable(value):
    kind = type(value)
    qualified = kind.__module__ in _NAMED_BY_MODULE or kind.__name__ in ('deque', 'defaultdict')
    name = f'{kind.__module__}.{kind.__name__}' if qualified else kind.__name__
    return TypeError(f'Type is not JSON serializable: {name}')


def float_text(value):
    """The shortest text that reads as the number, as the Rust library writes it."""
    text = repr(value)
    if text in ('nan', 'inf', '-inf'):
        return 'null'
    mantissa, found, exponent = text.partition('e')
    if not found:
        return text
    power = int(exponent)
    if power == -5:
        sign, digits = ('-', mantissa[1:]) if mantissa[0] == '-' else ('', mantissa)
        return f'{sign}0.0000{digits.replace(".", "")}'
    return f'{mantissa}e{_PLUS if power > 0 else ""}{power}'


_PLUS = '+'
"""Before a positive exponent; older versions write none."""


class _Writer:
    """One call of `dumps`."""

    def __init__(self, default, option):
        self._default = default
        self._option = option
        self._depth = 0
        self._defaults = 0

    def text(self, value):
        kind = type(value)
        if kind is str:
            return _quote(value)
        if kind is int:
            return self._integer(value)
        if value is None:
            return 'null'
        if kind is bool:
            return 'true' if value else 'false'
        if kind is float:
            return float_text(value)
        if kind is dict:
            return self._dict(value)
        if kind is list or kind is tuple:
            return self._list(value)
        if kind is datetime.datetime:
            return self._other(value) if self._option & _PASS_DATETIME else f'"{self._datetime(value)}"'
        return self._rare(value, kind)

    def _rare(self, value, kind):
        option = self._option
        if kind is datetime.date or kind is datetime.time:
            return self._other(value) if option & _PASS_DATETIME else f'"{self._date_or_time(value)}"'
        if kind is uuid.UUID:
            return f'"{value}"'
        if isinstance(kind, enum.EnumMeta):
            return self.text(value.value)
        if not option & _PASS_SUBCLASS:
            if isinstance(value, str):
                return _quote(str.__str__(value))
            if isinstance(value, int):
                return self._integer(int(value))
            if isinstance(value, list):
                return self._list(value)
            if isinstance(value, dict):
                return self._dict(value)
        if not option & _PASS_DATACLASS and hasattr(kind, '__dataclass_fields__'):
            return self._dataclass(value, kind)
        if kind is Fragment:
            return self._fragment(value)
        return self._other(value)

    def _fragment(self, value):
        contents = _contents(value)
        if isinstance(contents, bytes):
            return contents.decode('utf-8', 'surrogateescape')
        if isinstance(contents, str):
            return contents
        raise TypeError("orjson.Fragment's content is not of type bytes or str")

    def _integer(self, value):
        if self._option & _STRICT and not -(2**53) < value < 2**53:
            raise TypeError('Integer exceeds 53-bit range')
        if not -(2**63) <= value < 2**64:
            raise TypeError('Integer exceeds 64-bit range')
        return int.__repr__(value)

    def _date_or_time(self, value):
        if isinstance(value, datetime.time):
            if value.tzinfo is not None:
                raise TypeError('datetime.time must not have tzinfo set')
            if self._option & _NO_MICROSECONDS:
                value = value.replace(microsecond=0)
        return value.isoformat()

    def _datetime(self, value):
        option = self._option
        if option & _NO_MICROSECONDS:
            value = value.replace(microsecond=0)
        naive = value.tzinfo is None
        text = value.replace(tzinfo=None).isoformat()
        if naive:
            return text if not option & _NAIVE_UTC else text + ('Z' if option & _UTC_Z else '+00:00')
        offset = value.utcoffset() or datetime.timedelta(0)
        seconds = offset.days * 86400 + offset.seconds
        if seconds == 0 and option & _UTC_Z:
            return f'{text}Z'
        minutes = (abs(seconds) + 30) // 60
        return f'{text}{"-" if seconds < 0 else "+"}{minutes // 60:02}:{minutes % 60:02}'

    def _enter(self):
        self._depth += 1
        if self._depth >= _DEPTH:
            raise TypeError('Recursion limit reached')

    def _list(self, value):
        self._enter()
        parts = [self.text(each) for each in value]
        self._depth -= 1
        return self._joined('[', parts, ']')

    def _joined(self, start, parts, end):
        if not parts or not self._option & _INDENT:
            return f'{start}{",".join(parts)}{end}'
        inner = '\n' + '  ' * (self._depth + 1)
        outer = '\n' + '  ' * self._depth
        return f'{start}{inner}{("," + inner).join(parts)}{outer}{end}'

    def _dict(self, value):
        return self._items(list(value.items()))

    def _items(self, items):
        self._enter()
        option = self._option
        if not all(type(key) is str for key, _ in items):
            if not option & _ANY_KEYS:
                raise TypeError('Dict key must be str')
            items = [(key if type(key) is str else self._key(key), each) for key, each in items]
        if option & _SORT:
            items.sort(key=lambda item: item[0])
        colon = ': ' if option & _INDENT else ':'
        parts = [f'{_quote(key)}{colon}{self.text(each)}' for key, each in items]
        self._depth -= 1
        return self._joined('{', parts, '}')

    def _key(self, key):
        if key is None:
            return 'null'
        kind = type(key)
        if kind is bool:
            return 'true' if key else 'false'
        if kind is float:
            return float_text(key)
        if kind is datetime.datetime:
            return self._datetime(key)
        if kind is datetime.date or kind is datetime.time:
            return self._date_or_time(key)
        if kind is uuid.UUID:
            return str(key)
        if isinstance(kind, enum.EnumMeta):
            value = key.value
            return value if type(value) is str else self._key(value)
        if isinstance(key, str):
            return str.__str__(key)
        if kind is int:
            if not -(2**63) <= key < 2**64:
                raise TypeError('Dict integer key must be within 64-bit range')
            return int.__repr__(key)
        raise TypeError('Dict key must a type serializable with OPT_NON_STR_KEYS')

    def _dataclass(self, value, kind):
        own = getattr(value, '__dict__', None)
        if own is not None and '__slots__' not in kind.__dict__:
            items = own.items()
        else:
            fields = kind.__dataclass_fields__.items()
            items = [(name, getattr(value, name)) for name, field in fields if field._field_type.name == '_FIELD']
        return self._items([(name, each) for name, each in items if not name.startswith('_')])

    def _other(self, value):
        if self._default is None:
            raise _unserializable(value)
        self._defaults += 1
        if self._defaults >= _DEPTH:
            raise TypeError('default serializer exceeds recursion limit')
        try:
            replaced = self._default(value)
        except Exception as error:
            raise _unserializable(value) from error
        text = self.text(replaced)
        self._defaults -= 1
        return text


def dumps(*args, **kwargs):
    """Serialize Python objects to JSON."""
    if not args:
        raise TypeError("dumps() missing 1 required positional argument: 'obj'")
    if not kwargs.keys() <= {'default', 'option'}:
        raise TypeError('dumps() got an unexpected keyword argument')
    default = kwargs.get('default', args[1] if len(args) > 1 else None)
    option = kwargs.get('option', args[2] if len(args) > 2 else None)
    if option is None:
        option = 0
    elif type(option) is not int or not 0 <= option <= _ALL_OPTIONS:
        raise TypeError('Invalid opts')
    text = _Writer(default, option).text(args[0])
    if option & _NEWLINE:
        text += '\n'
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass
    try:
        # Bytes of a fragment are taken as they are.
        return text.encode('utf-8', 'surrogateescape')
    except UnicodeEncodeError:
        pass
    raise TypeError('str is not valid UTF-8: surrogates not allowed')


def install(module):
    global _PLUS
    version = standins.version_of(module, 'orjson')
    numbers = tuple(int(part) for part in version.split('.')[:3] if part.isdigit())
    if numbers and numbers < (3, 11, 5):
        _PLUS = ''
    standins.announce('orjson', 'Python in place of its compiled core: slower, with the same results')
    for name, value in _OPTIONS.items():
        setattr(module, f'OPT_{name}', value)
    module.JSONEncodeError = TypeError
    for value in (dumps, loads, Fragment, JSONDecodeError):
        value.__module__ = 'orjson'
        setattr(module, value.__name__, value)
    module.__version__ = version
    # The package takes over by a star what has no underscore; its list of names is its own.
    module.__all__ = [name for name in vars(module) if not name.startswith('_')]
