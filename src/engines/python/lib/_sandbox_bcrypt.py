"""`bcrypt._bcrypt`: the compiled core of the bcrypt package, versions 4 and 5, over the engine's bcrypt."""

import _sandbox_core as core
import _sandbox_standins as standins
from _sandbox_hash import derived

_ALPHABET = b'./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
_STANDARD = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_MOST = 72
"""Bytes of a password that count."""

_TOO_LONG = 'password cannot be longer than 72 bytes, truncate manually if necessary (e.g. my_password[:72])'

_long_refused = True
"""Whether longer passwords are an error, as from version 5 on, or cut."""


def encode_base64(data):
    import binascii

    return binascii.b2a_base64(data, newline=False).rstrip(b'=').translate(bytes.maketrans(_STANDARD, _ALPHABET))


def _decode_salt(text):
    import binascii

    if len(text) != 22 or text.strip(_ALPHABET):
        raise ValueError('Invalid salt')
    salt = binascii.a2b_base64(text.translate(bytes.maketrans(_ALPHABET, _STANDARD)) + b'==')
    if encode_base64(salt) != text:
        raise ValueError('Invalid salt')
    return salt


def _hash(password, salt):
    parts = salt.split(b'$')
    # A leading dollar is not asked for.
    if parts and parts[0] == b'':
        del parts[0]
    if len(parts) != 3 or parts[0] not in (b'2y', b'2b', b'2a', b'2x'):
        raise ValueError('Invalid salt')
    version, rounds, rest = parts
    try:
        cost = int(rounds)
    except ValueError:
        raise ValueError('Invalid salt') from None
    if not 4 <= cost <= 31 or len(rest) < 22:
        raise ValueError('Invalid salt')
    raw = _decode_salt(rest[:22])
    done = derived(core.host.crypto.derivations.bcrypt(core.to_js(password[:_MOST]), 'b', cost, core.to_js(raw)))
    return b'$%s$%02d$%s%s' % (version, cost, rest[:22], done[29:])


def hashpw(password, salt):
    password, salt = standins.as_bytes(password, 'password'), standins.as_bytes(salt, 'salt')
    if _long_refused and len(password) > _MOST:
        raise ValueError(_TOO_LONG)
    return _hash(password, salt)


def checkpw(password, hashed_password):
    from _operator import _compare_digest

    password = standins.as_bytes(password, 'password')
    hashed_password = standins.as_bytes(hashed_password, 'hashed_password')
    return _compare_digest(hashpw(password, hashed_password), hashed_password)


def gensalt(rounds=12, prefix=b'2b'):
    import operator
    import os

    try:
        rounds = operator.index(rounds)
    except TypeError as error:
        raise TypeError(f"argument 'rounds': {error}") from None
    if not 0 <= rounds < 2**16:
        raise OverflowError('out of range integral type conversion attempted')
    if standins.as_bytes(prefix, 'prefix') not in (b'2a', b'2b'):
        raise ValueError("Supported prefixes are b'2a' or b'2b'")
    if not 4 <= rounds <= 31:
        raise ValueError('Invalid rounds')
    return b'$%s$%02d$%s' % (prefix, rounds, encode_base64(os.urandom(16)))


def kdf(password, salt, desired_key_bytes, rounds, ignore_few_rounds=False):
    standins.as_bytes(password, 'password')
    standins.as_bytes(salt, 'salt')
    if not password or not salt:
        raise ValueError('password and salt must not be empty')
    if not 0 < desired_key_bytes <= 512:
        raise ValueError('desired_key_bytes must be 1-512')
    if rounds < 1:
        raise ValueError('rounds must be 1 or more')
    raise standins.refuse('bcrypt', 'kdf, which only keys of SSH use,')


def install(module):
    global _long_refused
    version = standins.version_of(module, 'bcrypt')
    _long_refused = int(version.partition('.')[0]) >= 5
    standins.announce('bcrypt', 'WebAssembly in place of its compiled core; bcrypt.kdf is not there')
    # Version 4.0 has the rest in Python.
    module.hashpass, module.encode_base64, module.pbkdf = _hash, encode_base64, kdf
    for function in (hashpw, checkpw, gensalt, kdf):
        function.__module__ = 'bcrypt._bcrypt'
        setattr(module, function.__name__, function)
    module.__title__ = 'bcrypt'
    module.__summary__ = 'Modern(-ish) password hashing for your software and your servers'
    module.__uri__ = 'https://github.com/pyca/bcrypt/'
    module.__version_ex__ = version
    module.__author__ = 'The Python Cryptographic Authority developers'
    module.__email__ = 'cryptography-dev@python.org'
    module.__license__ = 'Apache License, Version 2.0'
    module.__copyright__ = f'Copyright 2013-2025 {module.__author__}'
