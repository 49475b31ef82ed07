"""Paddings of whole blocks of the cryptography package."""

from _sandbox_cryptography_symmetric import finalized
from _sandbox_standins import as_buffer


def check_pkcs7_padding(data):
    count = data[-1] if data else 0
    return 0 < count <= len(data) and data.endswith(bytes((count,)) * count)


def check_ansix923_padding(data):
    count = data[-1] if data else 0
    return 0 < count <= len(data) and data[len(data) - count : -1] == bytes(count - 1)


class _Padding:
    _check = None

    def __init__(self, block_size):
        self._bytes, self._rest, self._done = block_size // 8, b'', False

    def update(self, data):
        if self._done:
            raise finalized()
        data = self._rest + as_buffer(data)
        keep = len(data) % self._bytes
        if self._check is not None and keep == 0 and data:
            keep = self._bytes
        self._rest = data[len(data) - keep :]
        return data[: len(data) - keep]

    def finalize(self):
        if self._done:
            raise finalized()
        self._done = True
        if self._check is None:
            count = self._bytes - len(self._rest)
            return self._rest + self._fill(count)
        if len(self._rest) != self._bytes or not self._check(self._rest):
            raise ValueError('Invalid padding bytes.')
        return self._rest[: -self._rest[-1]]


class PKCS7PaddingContext(_Padding):
    def _fill(self, count):
        return bytes((count,)) * count


class ANSIX923PaddingContext(_Padding):
    def _fill(self, count):
        return bytes(count - 1) + bytes((count,))


class PKCS7UnpaddingContext(_Padding):
    _check = staticmethod(check_pkcs7_padding)


class ANSIX923UnpaddingContext(_Padding):
    _check = staticmethod(check_ansix923_padding)
