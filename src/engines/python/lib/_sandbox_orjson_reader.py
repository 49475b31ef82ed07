"""`orjson.loads`: the interpreter's own scanner for what is right, and a slow reader that names what is wrong."""

import json
import re

_DEPTH = 1024
_SPACE = ' \t\n\r'
_NUMBER = re.compile(r'-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?', re.ASCII)
_ESCAPE = re.compile(r'\\u[dD][89a-fA-F]')


class JSONDecodeError(json.JSONDecodeError):
    pass


class _Wrong(Exception):
    """What is wrong, and where."""


def _integer(text):
    if len(text) < 19:
        return int(text)
    # Text of any length may come: floats take it in linear time.
    value = int(text) if len(text) <= 20 else None
    return value if value is not None and -(2**63) <= value < 2**64 else _float(text)


def _float(text):
    value = float(text)
    if value in (float('inf'), float('-inf')):
        raise ValueError(text)
    return value


def _constant(text):
    raise ValueError(text)


_decoder = json.JSONDecoder(parse_int=_integer, parse_float=_float, parse_constant=_constant)


def _text_of(data):
    if isinstance(data, str):
        text = data
        try:
            text.encode()
        except UnicodeEncodeError:
            raise JSONDecodeError('str is not valid UTF-8: surrogates not allowed', '', 0) from None
    elif isinstance(data, (bytes, bytearray, memoryview)):
        try:
            text = bytes(data).decode()
        except UnicodeDecodeError:
            raise JSONDecodeError('str is not valid UTF-8: surrogates not allowed', '', 0) from None
    else:
        raise JSONDecodeError('Input must be bytes, bytearray, memoryview, or str', '', 0)
    if not text:
        raise JSONDecodeError('Input is a zero-length, empty document', '', 0)
    return text


def loads(*args):
    """Deserialize JSON to Python objects."""
    if len(args) != 1:
        raise TypeError(f'orjson.loads() takes exactly one argument ({len(args)} given)')
    text = _text_of(args[0])
    try:
        value = _decoder.decode(text)
        doubtful = _ESCAPE.search(text) is not None or text.count('[') + text.count('{') > _DEPTH
    except (ValueError, RecursionError):
        doubtful = True
    if doubtful:
        try:
            _check(text)
        except _Wrong as wrong:
            message, at = wrong.args
            raise JSONDecodeError(message, text, min(at, len(text))) from None
    return value


def _skip(text, at):
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _check(text):
    """Goes through a whole document. @raises _Wrong for the first thing that is wrong."""
    if text.startswith('\ufeff'):
        raise _Wrong('UTF-8 byte order mark (BOM) is not supported', 0)
    at = _skip(text, 0)
    if at == len(text):
        raise _Wrong('input data is empty', 0)
    open_containers = []
    while True:
        at, opened = _value(text, at)
        if opened:
            open_containers.append(opened)
            if len(open_containers) > _DEPTH:
                raise _Wrong('depth limit exceeded', at)
            at = _skip(text, at)
            if text[at : at + 1] == ('}' if opened == '{' else ']'):
                at += 1
                open_containers.pop()
            else:
                at = _key(text, at) if opened == '{' else at
                continue
        at = _after(text, at, open_containers)
        if at < 0:
            return


def _after(text, at, open_containers):
    """What follows a value: where the next begins, or -1 at the end of the document."""
    while open_containers:
        at = _skip(text, at)
        opened = open_containers[-1]
        closing = '}' if opened == '{' else ']'
        if at == len(text):
            raise _Wrong('unexpected end of data', at)
        if text[at] == closing:
            open_containers.pop()
            at += 1
            continue
        if text[at] != ',':
            raise _Wrong(f"unexpected character, expected ',' or '{closing}'", at)
        following = _skip(text, at + 1)
        if text[following : following + 1] == closing:
            raise _Wrong('trailing comma is not allowed', at)
        return _key(text, following) if opened == '{' else following
    at = _skip(text, at)
    if at < len(text):
        raise _Wrong('unexpected content after document', at)
    return -1


def _key(text, at):
    if at == len(text):
        raise _Wrong('unexpected end of data', at)
    if text[at] != '"':
        raise _Wrong('unexpected character, expected a string key', at)
    at = _skip(text, _string(text, at))
    if at == len(text):
        raise _Wrong('unexpected end of data', at)
    if text[at] != ':':
        raise _Wrong("unexpected character, expected ':' after key", at)
    return _skip(text, at + 1)


def _value(text, at):
    """Where a value ends, or the inside of a container begins; and the container's first character."""
    if at == len(text):
        raise _Wrong('unexpected end of data', at)
    first = text[at]
    if first in '[{':
        return at + 1, first
    if first == '"':
        return _string(text, at), ''
    for word in ('true', 'false', 'null'):
        if first == word[0]:
            given = text[at : at + len(word)]
            if given == word:
                return at + len(word), ''
            if word.startswith(given):
                raise _Wrong('unexpected end of data', len(text))
            raise _Wrong(f"invalid literal, expected '{word}'", at)
    if first in '-+.0123456789':
        return _number(text, at), ''
    raise _Wrong('unexpected character, expected a JSON value', at)


def _number(text, at):
    if text[at] in '+.':
        raise _Wrong('no digit after sign', at)
    start = at + (text[at] == '-')
    match = _NUMBER.match(text, at)
    if match is None:
        raise _Wrong('unexpected end of data', start) if start == len(text) else _Wrong('no digit after sign', start)
    end = match.end()
    following = text[end : end + 1]
    if text[start] == '0' and end == start + 1 and following.isdigit():
        raise _Wrong('number with leading zero is not allowed', start)
    for mark, what in (('.', 'decimal point'), ('eE', 'exponent sign')):
        if following and following in mark and not (mark == '.' and match[2]):
            after = end + 1
            if mark == 'eE' and text[after : after + 1] in ('+', '-'):
                after += 1
            if after >= len(text):
                raise _Wrong('unexpected end of data', len(text))
            raise _Wrong(f'no digit after {what}', after)
    try:
        _float(match[0])
    except ValueError:
        raise _Wrong('number is infinity when parsed as double', at) from None
    return end


def _string(text, at):
    """Where a string ends. @raises _Wrong for escapes and characters that may not be there."""
    place = at + 1
    while True:
        if place >= len(text):
            raise _Wrong('unexpected end of data', len(text))
        char = text[place]
        if char == '"':
            return place + 1
        if char < ' ':
            raise _Wrong('unexpected control character in string', place)
        place = place + 1 if char != '\\' else _escape(text, place)


def _escape(text, at):
    char = text[at + 1 : at + 2]
    if char and char in '"\\/bfnrt':
        return at + 2
    if not char:
        raise _Wrong('unexpected end of data', len(text))
    code = _code(text, at)
    if code is None and re.fullmatch('\\\\u[0-9a-fA-F]{0,3}', text[at:]):
        raise _Wrong('unexpected end of data', len(text))
    if code is None:
        raise _Wrong('invalid escaped sequence in string', at)
    if 0xDC00 <= code < 0xE000:
        raise _Wrong('invalid high surrogate in string', at)
    if not 0xD800 <= code < 0xDC00:
        return at + 6
    if text[at + 6 : at + 8] != '\\u':
        raise _Wrong('no low surrogate in string', at)
    low = _code(text, at + 6)
    if low is None or not 0xDC00 <= low < 0xE000:
        raise _Wrong('invalid low surrogate in string', at)
    return at + 12


def _code(text, at):
    digits = text[at + 2 : at + 6]
    if text[at + 1] != 'u' or not re.fullmatch('[0-9a-fA-F]{4}', digits):
        return None
    return int(digits, 16)
