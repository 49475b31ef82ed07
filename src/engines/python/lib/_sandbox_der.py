"""DER and PEM as keys need them."""

import base64
import re

INTEGER, BITS, OCTETS, NULL, OID, SEQUENCE = 0x02, 0x03, 0x04, 0x05, 0x06, 0x30

_PEM = re.compile(rb'-----BEGIN ([A-Z0-9 ]{1,40})-----\s*\n([^-]*)-----END \1-----')
_MOST_LENGTH_BYTES = 4


class DerError(ValueError):
    """What was read is no DER, or not of the form that was asked for."""


def encode(tag, *parts):
    content = b''.join(parts)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, 'big')
    return bytes((tag, 128 + len(length))) + length + content


def integer(value):
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, 'big', signed=True))


def sequence(*parts):
    return encode(SEQUENCE, *parts)


def octets(content):
    return encode(OCTETS, content)


def bits(content):
    return encode(BITS, b'\0', content)


def null():
    return encode(NULL)


def oid(dotted):
    first, second, *rest = (int(part) for part in dotted.split('.'))
    content = b''
    for number in (first * 40 + second, *rest):
        group = bytes((number & 127,))
        while number := number >> 7:
            group = bytes((128 | number & 127,)) + group
        content += group
    return encode(OID, content)


class Reader:
    """Reads values one after the other."""

    def __init__(self, data):
        self._data = data
        self._at = 0

    @property
    def done(self):
        return self._at >= len(self._data)

    def peek(self):
        return None if self.done else self._data[self._at]

    def any(self):
        """The next value's tag, content, and encoding."""
        data, start = self._data, self._at
        if start + 2 > len(data):
            raise DerError('short data')
        size, at = data[start + 1], start + 2
        if size >= 128:
            count = size - 128
            if not 1 <= count <= _MOST_LENGTH_BYTES or at + count > len(data):
                raise DerError('invalid length')
            size, at = int.from_bytes(data[at : at + count], 'big'), at + count
        if at + size > len(data):
            raise DerError('short data')
        self._at = at + size
        return data[start], data[at : at + size], data[start : self._at]

    def take(self, tag):
        found, content, _ = self.any()
        if found != tag:
            raise DerError(f'unexpected tag {found}')
        return content

    def integer(self):
        return int.from_bytes(self.take(INTEGER), 'big', signed=True)

    def sequence(self):
        return Reader(self.take(SEQUENCE))

    def bits(self):
        content = self.take(BITS)
        if not content or content[0] != 0:
            raise DerError('unused bits')
        return content[1:]

    def oid(self):
        numbers = [0]
        for byte in self.take(OID):
            numbers[-1] = numbers[-1] << 7 | byte & 127
            if byte < 128:
                numbers.append(0)
        first = min(numbers[0] // 40, 2)
        return '.'.join(map(str, (first, numbers[0] - first * 40, *numbers[1:-1])))

    def end(self):
        if not self.done:
            raise DerError('extra data')


def read(data):
    """Reads one value that must be a sequence and all there is."""
    reader = Reader(data)
    inner = reader.sequence()
    reader.end()
    return inner


def to_pem(label, data):
    text = base64.b64encode(data).decode()
    lines = '\n'.join(text[at : at + 64] for at in range(0, len(text), 64))
    return f'-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n'.encode()


def from_pem(data):
    """Label, content and whether headers say that it is encrypted, of every block."""
    blocks = []
    for match in _PEM.finditer(data):
        body = match[2]
        encrypted = b'ENCRYPTED' in body
        if b':' in body:
            body = body.replace(b'\r', b'').partition(b'\n\n')[2]
        try:
            blocks.append((match[1].decode(), base64.b64decode(b''.join(body.split()), validate=True), encrypted))
        except ValueError:
            continue
    return blocks
