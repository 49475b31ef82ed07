"""`_hashlib`, which is OpenSSL natively: its names for digests, HMAC, PBKDF2 and scrypt.

Digests that the interpreter has come from its own modules; the rest are here or in the engine's part for hashing.
"""

import _sandbox_core as core

_INT_MAX = 2**31 - 1
_SCRYPT_MEMORY = 32 * 1024 * 1024

_NAMES = {
    'md5': 'md5',
    'sha1': 'sha1 sha-1 sha2-160',
    'sha224': 'sha224 sha-224 sha2-224',
    'sha256': 'sha256 sha-256 sha2-256',
    'sha384': 'sha384 sha-384 sha2-384',
    'sha512': 'sha512 sha-512 sha2-512',
    'sha512_224': 'sha512_224 sha512-224 sha-512/224 sha2-512/224',
    'sha512_256': 'sha512_256 sha512-256 sha-512/256 sha2-512/256',
    'sha3_224': 'sha3_224 sha3-224',
    'sha3_256': 'sha3_256 sha3-256',
    'sha3_384': 'sha3_384 sha3-384',
    'sha3_512': 'sha3_512 sha3-512',
    'shake_128': 'shake_128 shake128 shake-128',
    'shake_256': 'shake_256 shake256 shake-256',
    'blake2b': 'blake2b512 blake2b-512',
    'blake2s': 'blake2s256 blake2s-256',
    'ripemd160': 'ripemd160 ripemd-160 ripemd rmd160',
    'md5-sha1': 'md5-sha1',
    'sm3': 'sm3',
}
_CANONICAL = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
_EXACT = {'blake2b', 'blake2s'}
"""Names that are found only as they are written."""

_MODULES = {
    'md5': '_md5', 'sha1': '_sha1', 'sha3_': '_sha3', 'shake': '_sha3', 'sha2': '_sha2', 'blake2': '_blake2',
}  # fmt: skip
_SIZES = {
    'sha512_224': (28, 128), 'sha512_256': (32, 128), 'ripemd160': (20, 64), 'md5-sha1': (36, 64), 'sm3': (32, 64),
}  # fmt: skip
"""Digest and block size of what the interpreter has no code for."""

_ENGINE = {
    'sha512_224': 'sha512-224', 'sha512_256': 'sha512-256', 'blake2b': 'blake2b512', 'blake2s': 'blake2s256',
    **{f'sha3_{bits}': f'sha3-{bits}' for bits in (224, 256, 384, 512)},
}  # fmt: skip
"""How the engine's part calls digests, where it is otherwise."""


class UnsupportedDigestmodError(ValueError):
    __module__ = '_hashlib'


def _find(name):
    if name in _EXACT:
        return name
    return _CANONICAL.get(name.lower())


def is_known(name):
    """Whether OpenSSL has a digest of this name."""
    return _find(name) is not None


def _builtin(name):
    """The interpreter's own constructor of a digest, or None."""
    if name in _SIZES:
        return None
    for start, module in _MODULES.items():
        if name.startswith(start):
            return getattr(__import__(module), name)
    return getattr(__import__('_sha2'), name)


def checked(data):
    """What is to be hashed, as bytes; with the interpreter's errors."""
    if isinstance(data, str):
        raise TypeError('Strings must be encoded before hashing')
    try:
        return data if isinstance(data, bytes) else memoryview(data).tobytes()
    except TypeError:
        raise TypeError('object supporting the buffer API required') from None


class HASH:
    """A digest that the interpreter has no code for."""

    __module__ = '_hashlib'
    __slots__ = ('_states', 'block_size', 'digest_size', 'name')

    def __init__(self, name, states):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._states = states

    def update(self, *data):
        if len(data) != 1:
            raise TypeError(f'HASH.update() takes exactly one argument ({len(data)} given)')
        data = checked(data[0])
        for state in self._states:
            state.update(data)

    def digest(self):
        return b''.join(state.copy().digest() for state in self._states)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return HASH(self.name, [state.copy() for state in self._states])

    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object @ {id(self):#x}>'


class _EngineState:
    """A digest under way in the engine's part."""

    __slots__ = ('_state',)

    def __init__(self, state):
        self._state = state

    def update(self, data):
        self._state.update(core.to_js(data))

    def copy(self):
        return _EngineState(self._state.clone())

    def digest(self):
        return self._state.digest().to_bytes()


def _start(name):
    if name == 'md5-sha1':
        return HASH(name, [_builtin('md5')(), _builtin('sha1')()])
    if name == 'sm3':
        import _sandbox_sm3

        return HASH(name, [_sandbox_sm3.State()])
    return HASH(name, [_EngineState(core.host.crypto.digests.start(_ENGINE.get(name, name)))])


def new(name, string=b'', *, usedforsecurity=True):
    """A hash object by one of OpenSSL's names for it."""
    if not isinstance(name, str):
        raise TypeError('name must be a string')
    found = _find(name)
    if found is None:
        raise UnsupportedDigestmodError(f'unsupported hash type {name}')
    builtin = _builtin(found)
    if builtin is not None:
        return builtin(string, usedforsecurity=usedforsecurity)
    made = _start(found)
    if not isinstance(string, bytes) or string:
        made.update(string)
    return made


def _named(digestmod):
    """The name of a digest given by name or constructor, for HMAC."""
    if isinstance(digestmod, str):
        found = _find(digestmod)
    else:
        found = _constructors.get(digestmod)
    if found is None or found in _SIZES or found.startswith('shake'):
        raise UnsupportedDigestmodError(f'Unsupported digestmod {digestmod}')
    return found


def hmac_new(key, msg=b'', digestmod=None):
    import _hmac

    return _hmac.new(key, msg, digestmod=_named(digestmod))


def hmac_digest(key, msg, digest):
    import _hmac

    return _hmac.compute_digest(key, msg, _named(digest))


def _buffer(data):
    if isinstance(data, bytes):
        return data
    try:
        return memoryview(data).tobytes()
    except TypeError:
        raise TypeError(f'a bytes-like object is required, not {type(data).__name__!r}') from None


def _long(value, name):
    import operator

    value = operator.index(value)
    if value > 2**63 - 1:
        raise OverflowError('Python int too large to convert to C long')
    return value


def derived(ticket):
    """Waits for a ticket of `core.host.crypto.derivations`; meanwhile other threads run."""
    result = core.block(ticket)
    if isinstance(result, str):
        raise MemoryError(result)
    return result.to_bytes()


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """PBKDF2 (RFC 8018) with an HMAC of `hash_name`; returns `dklen` bytes, the digest's size by default."""
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    password, salt = _buffer(password), _buffer(salt)
    iterations = _long(iterations, 'iterations')
    name = _find(hash_name)
    if name is None:
        raise UnsupportedDigestmodError('[digital envelope routines] unsupported')
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    if iterations > _INT_MAX:
        raise OverflowError('iteration value is too great.')
    length = new(name).digest_size if dklen is None else _long(dklen, 'dklen')
    if name.startswith('shake'):
        raise ValueError('no reason supplied')
    if length < 1:
        raise ValueError('key length must be greater than 0.')
    if length > _INT_MAX:
        raise OverflowError('key length is too great.')
    if name in ('sm3', 'md5-sha1'):
        import _sandbox_sm3

        return _sandbox_sm3.pbkdf2(lambda: new(name), password, salt, iterations, length)
    return derived(
        core.host.crypto.derivations.pbkdf2(
            _ENGINE.get(name, name), core.to_js(password), core.to_js(salt), iterations, length
        )
    )


def scrypt(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64):
    """scrypt (RFC 7914), with OpenSSL's limits."""
    password = _buffer(password)
    salt = None if salt is None else _buffer(salt)
    numbers = {'n': n, 'r': r, 'p': p}
    for name, value in numbers.items():
        if value is not None and not isinstance(value, int):
            raise TypeError(f"scrypt() argument '{name}' must be int, not {type(value).__name__}")
    maxmem, dklen = _long(maxmem, 'maxmem'), _long(dklen, 'dklen')
    if salt is None:
        raise TypeError('salt is required')
    for name, value in numbers.items():
        if value is None or not 0 <= value < 2**64:
            raise TypeError(f'{name} is required and must be an unsigned int')
        if name == 'n' and (value < 2 or value & (value - 1)):
            raise ValueError('n must be a power of 2.')
    if not 0 <= maxmem <= _INT_MAX:
        raise ValueError(f'maxmem must be positive and smaller than {_INT_MAX}')
    if not 1 <= dklen <= _INT_MAX:
        raise ValueError(f'dklen must be greater than 0 and smaller than {_INT_MAX}')
    if r < 1 or p < 1:
        raise ValueError('Invalid parameter combination for n, r, p, maxmem.')
    too_much = p > (2**30 - 1) // r or (16 * r <= 63 and n >= 1 << (16 * r))
    if too_much or 128 * r * (n + 2 + p) > (maxmem or _SCRYPT_MEMORY):
        raise ValueError('[digital envelope routines] memory limit exceeded')
    return derived(core.host.crypto.derivations.scrypt(core.to_js(password), core.to_js(salt), n, r, p, dklen))


_constructors = {}
"""Names of digests by the constructors that `hashlib` offers."""


def fill(module):
    """Makes `_hashlib` of an empty module."""
    from _operator import _compare_digest

    for name in _NAMES:
        if name in _SIZES or name in _EXACT:
            continue
        constructor = _builtin(name)
        _constructors[constructor] = name
        setattr(module, f'openssl_{name}', constructor)
    for value in (UnsupportedDigestmodError, HASH, new, hmac_new, hmac_digest, pbkdf2_hmac, scrypt):
        if not isinstance(value, type):
            value.__module__ = '_hashlib'
        setattr(module, value.__name__, value)
    module._constructors = _constructors
    module.HASHXOF = type(__import__('_sha3').shake_128())
    module.HMAC = __import__('_hmac').HMAC
    module.compare_digest = _compare_digest
    module.get_fips_mode = lambda: 0
    module.openssl_md_meth_names = frozenset(_NAMES)
