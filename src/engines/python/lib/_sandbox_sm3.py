"""SM3 (GB/T 32905), which OpenSSL has and nothing else here, and PBKDF2 for digests of this kind."""

import struct

_MASK = 0xFFFFFFFF
_START = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip


def _left(value, bits):
    bits %= 32
    return ((value << bits) | (value >> (32 - bits))) & _MASK


def _permute0(x):
    return x ^ _left(x, 9) ^ _left(x, 17)


def _permute1(x):
    return x ^ _left(x, 15) ^ _left(x, 23)


def _compress(state, block):
    words = list(struct.unpack('>16I', block))
    for j in range(16, 68):
        mixed = _permute1(words[j - 16] ^ words[j - 9] ^ _left(words[j - 3], 15))
        words.append(mixed ^ _left(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = _left((_left(a, 12) + e + _left(constant, j)) & _MASK, 7)
        second = first ^ _left(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & _MASK & g)
        one = (ff + d + second + (words[j] ^ words[j + 4])) & _MASK
        two = (gg + h + first + words[j]) & _MASK
        a, b, c, d = one, a, _left(b, 9), c
        e, f, g, h = _permute0(two), e, _left(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))


class State:
    """SM3 under way."""

    def __init__(self, state=_START, rest=b'', length=0):
        self._state, self._rest, self._length = state, rest, length

    def update(self, data):
        self._length += len(data)
        data = self._rest + data
        whole = len(data) - len(data) % 64
        for at in range(0, whole, 64):
            self._state = _compress(self._state, data[at : at + 64])
        self._rest = data[whole:]

    def copy(self):
        return State(self._state, self._rest, self._length)

    def digest(self):
        bits = self._length * 8
        self.update(b'\x80' + bytes((55 - self._length) % 64) + bits.to_bytes(8, 'big'))
        return struct.pack('>8I', *self._state)


def pbkdf2(start, password, salt, iterations, length):
    """PBKDF2 with an HMAC of the digest that `start()` begins."""
    inner, outer = start(), start()
    if len(password) > inner.block_size:
        shortened = start()
        shortened.update(password)
        password = shortened.digest()
    key = password.ljust(inner.block_size, b'\0')
    inner.update(bytes(byte ^ 0x36 for byte in key))
    outer.update(bytes(byte ^ 0x5C for byte in key))

    def mac(data):
        first, second = inner.copy(), outer.copy()
        first.update(data)
        second.update(first.digest())
        return second.digest()

    derived = b''
    number = 0
    while len(derived) < length:
        number += 1
        last = mac(salt + number.to_bytes(4, 'big'))
        total = int.from_bytes(last, 'big')
        for _ in range(iterations - 1):
            last = mac(last)
            total ^= int.from_bytes(last, 'big')
        derived += total.to_bytes(len(last), 'big')
    return derived[:length]
