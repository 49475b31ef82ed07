"""`_rust.openssl.kdf` of the cryptography package: classes as of version 45, and the functions before them."""

import hmac

import _sandbox_core as core
from _sandbox_cryptography_symmetric import finalized, finish_hash, hash_name, start_hash
from _sandbox_hash import derived, pbkdf2_hmac
from _sandbox_standins import as_buffer


def _bytes(value):
    if not isinstance(value, bytes):
        raise TypeError(f"'{type(value).__name__}' object is not an instance of 'bytes'")
    return value


def derive_pbkdf2_hmac(key_material, algorithm, salt, iterations, length):
    return pbkdf2_hmac(hash_name(algorithm), as_buffer(key_material), salt, iterations, length)


def derive_scrypt(key_material, salt, n, r, p, _max_mem, length):
    key = core.to_js(as_buffer(key_material))
    return derived(core.host.crypto.derivations.scrypt(key, core.to_js(salt), n, r, p, length))


class _Derivation:
    """Derives once."""

    _used = False

    def derive(self, key_material):
        if self._used:
            raise finalized()
        key_material = as_buffer(key_material)
        self._used = True
        return self._derive(key_material)

    def derive_into(self, key_material, buffer):
        if len(buffer) != self._length:
            raise ValueError(f'buffer must be {self._length} bytes')
        memoryview(buffer)[:] = self.derive(key_material)
        return self._length

    def verify(self, key_material, expected_key):
        if not hmac.compare_digest(self.derive(key_material), as_buffer(expected_key)):
            from cryptography.exceptions import InvalidKey

            raise InvalidKey('Keys do not match.')


class PBKDF2HMAC(_Derivation):
    def __init__(self, algorithm, length, salt, iterations, backend=None):
        start_hash(algorithm)
        self._algorithm, self._length, self._salt, self._iterations = algorithm, length, _bytes(salt), iterations
        if iterations < 1:
            raise ValueError('iterations must be greater than or equal to 1.')

    def _derive(self, key_material):
        return derive_pbkdf2_hmac(key_material, self._algorithm, self._salt, self._iterations, self._length)


class Scrypt(_Derivation):
    def __init__(self, salt, length, n, r, p, backend=None):
        self._salt, self._length, self._cost = _bytes(salt), length, (n, r, p)
        if n < 2 or n & (n - 1):
            raise ValueError('n must be greater than 1 and be a power of 2.')
        if r < 1:
            raise ValueError('r must be greater than or equal to 1.')
        if p < 1:
            raise ValueError('p must be greater than or equal to 1.')

    def _derive(self, key_material):
        return derive_scrypt(key_material, self._salt, *self._cost, 0, self._length)


def _expand(name, key, info, length):
    block, done, number = b'', b'', 0
    while len(done) < length:
        number += 1
        block = hmac.digest(key, block + info + bytes((number,)), name)
        done += block
    return done[:length]


class HKDFExpand(_Derivation):
    def __init__(self, algorithm, length, info, backend=None):
        most = start_hash(algorithm).digest_size * 255
        if length > most:
            raise ValueError(f'Cannot derive keys larger than {most} octets.')
        self._name, self._length, self._info = hash_name(algorithm), length, b'' if info is None else _bytes(info)

    def _derive(self, key_material):
        return _expand(self._name, key_material, self._info, self._length)


class HKDF(HKDFExpand):
    def __init__(self, algorithm, length, salt, info, backend=None):
        super().__init__(algorithm, length, info)
        self._salt = _bytes(salt) if salt else bytes(algorithm.digest_size)

    @staticmethod
    def extract(algorithm, salt, key_material):
        return hmac.digest(salt or bytes(algorithm.digest_size), as_buffer(key_material), hash_name(algorithm))

    def _derive(self, key_material):
        return super()._derive(hmac.digest(self._salt, key_material, self._name))


class ConcatKDFHash(_Derivation):
    def __init__(self, algorithm, length, otherinfo, backend=None):
        start_hash(algorithm)
        self._algorithm, self._length = algorithm, length
        self._info = b'' if otherinfo is None else _bytes(otherinfo)

    def _parts(self, number, key_material):
        return number + key_material + self._info

    def _derive(self, key_material):
        done, number = b'', 0
        while len(done) < self._length:
            number += 1
            state = start_hash(self._algorithm)
            state.update(self._parts(number.to_bytes(4, 'big'), key_material))
            done += finish_hash(state, self._algorithm)
        return done[: self._length]


class X963KDF(ConcatKDFHash):
    def __init__(self, algorithm, length, sharedinfo, backend=None):
        super().__init__(algorithm, length, sharedinfo)

    def _parts(self, number, key_material):
        return key_material + number + self._info
