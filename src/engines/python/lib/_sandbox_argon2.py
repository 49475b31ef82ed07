"""`_argon2_cffi_bindings._ffi`: the functions of the Argon2 library as cffi shows them, over the engine's Argon2."""

import re

import _sandbox_core as core
import _sandbox_standins as standins

_ERRORS = (
    'OK', 'Output pointer is NULL', 'Output is too short', 'Output is too long', 'Password is too short',
    'Password is too long', 'Salt is too short', 'Salt is too long', 'Associated data is too short',
    'Associated data is too long', 'Secret is too short', 'Secret is too long', 'Time cost is too small',
    'Time cost is too large', 'Memory cost is too small', 'Memory cost is too large', 'Too few lanes', 'Too many lanes',
    'Password pointer is NULL, but password length is not 0', 'Salt pointer is NULL, but salt length is not 0',
    'Secret pointer is NULL, but secret length is not 0', 'Associated data pointer is NULL, but ad length is not 0',
    'Memory allocation error', 'The free memory callback is NULL', 'The allocate memory callback is NULL',
    'Argon2_Context context is NULL', 'There is no such version of Argon2', 'Output pointer mismatch',
    'Not enough threads', 'Too many threads', 'Missing arguments', 'Encoding failed', 'Decoding failed',
    'Threading failure', 'Some of encoded parameters are too long or too short',
    'The password does not match the supplied hash',
)  # fmt: skip

_NAMES = (
    'OK OUTPUT_PTR_NULL OUTPUT_TOO_SHORT OUTPUT_TOO_LONG PWD_TOO_SHORT PWD_TOO_LONG SALT_TOO_SHORT SALT_TOO_LONG '
    'AD_TOO_SHORT AD_TOO_LONG SECRET_TOO_SHORT SECRET_TOO_LONG TIME_TOO_SMALL TIME_TOO_LARGE MEMORY_TOO_LITTLE '
    'MEMORY_TOO_MUCH LANES_TOO_FEW LANES_TOO_MANY PWD_PTR_MISMATCH SALT_PTR_MISMATCH SECRET_PTR_MISMATCH '
    'AD_PTR_MISMATCH MEMORY_ALLOCATION_ERROR FREE_MEMORY_CBK_NULL ALLOCATE_MEMORY_CBK_NULL INCORRECT_PARAMETER '
    'INCORRECT_TYPE OUT_PTR_MISMATCH THREADS_TOO_FEW THREADS_TOO_MANY MISSING_ARGS ENCODING_FAIL DECODING_FAIL '
    'THREAD_FAIL DECODING_LENGTH_FAIL VERIFY_MISMATCH'
).split()
_CODES = {name: -number for number, name in enumerate(_NAMES)}

_LIMITS = {
    'DEFAULT_FLAGS': 0, 'FLAG_CLEAR_PASSWORD': 1, 'FLAG_CLEAR_SECRET': 2, 'MAX_AD_LENGTH': 2**32 - 1,
    'MAX_LANES': 2**24 - 1, 'MAX_MEMORY': 2**32 - 1, 'MAX_MEMORY_BITS': 32, 'MAX_OUTLEN': 2**32 - 1,
    'MAX_PWD_LENGTH': 2**32 - 1, 'MAX_SALT_LENGTH': 2**32 - 1, 'MAX_SECRET': 2**32 - 1, 'MAX_THREADS': 2**24 - 1,
    'MAX_TIME': 2**32 - 1, 'MIN_AD_LENGTH': 0, 'MIN_LANES': 1, 'MIN_MEMORY': 8, 'MIN_OUTLEN': 4, 'MIN_PWD_LENGTH': 0,
    'MIN_SALT_LENGTH': 8, 'MIN_SECRET': 0, 'MIN_THREADS': 1, 'MIN_TIME': 1, 'SYNC_POINTS': 4, 'VERSION_10': 16,
    'VERSION_13': 19, 'VERSION_NUMBER': 19,
}  # fmt: skip

_TYPES = ('argon2d', 'argon2i', 'argon2id')
_ENCODED = re.compile(
    rb'\$(argon2(?:d|id?))\$(?:v=(\d{1,10})\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})'
    rb'\$([A-Za-z0-9+/]*)\$([A-Za-z0-9+/]*)\Z'
)


class _Array(bytearray):
    """An array of C."""


class _Ffi:
    """As much of cffi's interface as callers of these functions use."""

    NULL = None
    error = RuntimeError

    def new(self, ctype, initial=None):
        if isinstance(initial, int):
            return _Array(initial)
        if not isinstance(initial, (bytes, list, tuple)):
            given = type(initial).__name__
            raise TypeError(f"initializer for ctype '{ctype}' must be a bytes or list or tuple, not {given}")
        return _Array(bytes(initial) + (b'\0' if ctype == 'char[]' else b''))

    def string(self, value):
        return bytes(value).partition(b'\0')[0]

    def buffer(self, array, size=-1):
        return memoryview(array)[: size if size >= 0 else None]


def _base64(data):
    import binascii

    return binascii.b2a_base64(data, newline=False).rstrip(b'=')


def _unbase64(text):
    """The bytes of a text without padding, or None where the C code finds none."""
    import binascii

    if len(text) % 4 == 1:
        return None
    data = binascii.a2b_base64(text + b'=' * (-len(text) % 4))
    return data if _base64(data) == text else None


def _check(password, salt, time, memory, lanes, length):
    """The name of the first thing that is wrong, in the library's order."""
    if length < 4:
        return 'OUTPUT_TOO_SHORT'
    if len(salt) < 8:
        return 'SALT_TOO_SHORT'
    if memory < 8 or memory < 8 * lanes:
        return 'MEMORY_TOO_LITTLE'
    if time < 1:
        return 'TIME_TOO_SMALL'
    if lanes < 1:
        return 'LANES_TOO_FEW'
    if lanes > _LIMITS['MAX_LANES']:
        return 'LANES_TOO_MANY'
    return 'OK'


def _derive(password, salt, time, memory, lanes, length, version, kind):
    """The raw hash, or the name of an error."""
    wrong = _check(password, salt, time, memory, lanes, length)
    if wrong != 'OK':
        return wrong
    empty = core.to_js(b'')
    result = core.block(
        core.host.crypto.derivations.argon2(
            core.to_js(bytes(password)), core.to_js(bytes(salt)), empty, empty,
            length, memory, time, lanes, version, kind,
        )  # fmt: skip
    )
    return 'MEMORY_ALLOCATION_ERROR' if isinstance(result, str) else result.to_bytes()


def raw(password, salt, time, memory, lanes, length, kind):
    """Argon2 as bytes, for other stand-ins; the parameters must be valid."""
    result = _derive(password, salt, time, memory, lanes, length, 19, kind)
    if isinstance(result, str):
        raise MemoryError(_ERRORS[-_CODES[result]])
    return result


def _encode(hashed, salt, time, memory, lanes, version, kind):
    head = f'${_TYPES[kind]}$v={version}$m={memory},t={time},p={lanes}$'
    return head.encode() + _base64(salt) + b'$' + _base64(hashed)


class _Lib:
    """The library's functions and constants."""

    Argon2_d, Argon2_i, Argon2_id = 0, 1, 2

    def argon2_error_message(self, code):
        return (_ERRORS[-code] if -len(_ERRORS) < code <= 0 else 'Unknown error code').encode()

    def argon2_encodedlen(self, time, memory, lanes, salt_length, hash_length, kind):
        sizes = (salt_length, hash_length)
        texts = sum(size // 3 * 4 + (0, 2, 3)[size % 3] for size in sizes)
        numbers = sum(len(str(each)) for each in (time, memory, lanes, 19))
        return len(f'$${_TYPES[kind]}v=$m=,t=,p=$$') + numbers + texts + 1

    def argon2_hash(self, time, memory, lanes, password, _size, salt, _salt_size, out, length, encoded, room, kind,
                    version):  # fmt: skip
        if not 0 <= kind < len(_TYPES):
            return _CODES['INCORRECT_TYPE']
        result = _derive(password, salt, time, memory, lanes, length, version, kind)
        if isinstance(result, str):
            return _CODES[result]
        if out is not None:
            out[: len(result)] = result
        if encoded is not None:
            text = _encode(result, salt, time, memory, lanes, version, kind)
            if len(text) >= room:
                return _CODES['ENCODING_FAIL']
            encoded[: len(text)] = text
        return 0

    def argon2_verify(self, encoded, password, _size, kind):
        from _operator import _compare_digest

        match = _ENCODED.match(bytes(encoded).partition(b'\0')[0])
        if match is None or match[1].decode() != _TYPES[kind]:
            return _CODES['DECODING_FAIL']
        numbers = [b'16' if each is None else each for each in match.groups()[1:5]]
        salt, expected = _unbase64(match[6]), _unbase64(match[7])
        leading_zero = any(len(each) > 1 and each.startswith(b'0') for each in numbers)
        if salt is None or expected is None or leading_zero or any(int(each) > 2**32 - 1 for each in numbers):
            return _CODES['DECODING_FAIL']
        version, memory, time, lanes = map(int, numbers)
        result = _derive(password, salt, time, memory, lanes, len(expected), version, kind)
        if isinstance(result, str):
            return _CODES[result]
        return 0 if _compare_digest(result, expected) else _CODES['VERIFY_MISMATCH']

    def argon2_ctx(self, _context, _kind):
        raise standins.refuse('argon2-cffi-bindings', 'argon2_ctx')


def install(module):
    standins.announce('argon2-cffi-bindings', 'WebAssembly in place of its compiled core')
    for name, value in (*_CODES.items(), *_LIMITS.items()):
        setattr(_Lib, f'ARGON2_{name}', value)
    module.ffi, module.lib = _Ffi(), _Lib()
