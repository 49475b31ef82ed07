"""Key derivation for `hashlib`: `pbkdf2_hmac` and `scrypt`, which come from OpenSSL natively."""

import _sandbox_core as core

_DIGESTS = {'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5'}


def _derive(ticket):
    result = core.block(ticket)
    if isinstance(result, str):
        raise ValueError(result)
    return result.to_bytes()


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """PBKDF2 (RFC 8018) with an HMAC of `hash_name`; returns `dklen` bytes, the digest's size by default."""
    import hashlib

    if not isinstance(hash_name, str):
        raise TypeError(f'pbkdf2_hmac() argument \'hash_name\' must be str, not {type(hash_name).__name__}')
    name = hash_name.lower().replace('-', '')
    if name not in _DIGESTS:
        raise ValueError(f'unsupported hash type {hash_name}')
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    length = hashlib.new(name).digest_size if dklen is None else dklen
    if length < 1:
        raise ValueError('key length must be greater than 0.')
    return _derive(core.host.pbkdf2(name, core.to_js(bytes(password)), core.to_js(bytes(salt)), iterations, length))


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    """scrypt (RFC 7914)."""
    if n < 2 or n & (n - 1):
        raise ValueError('n must be a power of 2')
    limit = maxmem or 32 * 1024 * 1024
    if 128 * r * (n + p + 2) > limit:
        raise ValueError('[digital envelope routines] memory limit exceeded')
    return _derive(core.host.scrypt(core.to_js(bytes(password)), core.to_js(bytes(salt)), n, r, p, dklen))


def install(hashlib):
    for function in (pbkdf2_hmac, scrypt):
        function.__module__ = '_hashlib'
        setattr(hashlib, function.__name__, function)
