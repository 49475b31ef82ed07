"""`_rust.openssl.hashes`, `hmac`, `ciphers` and `aead` of the cryptography package."""

import hashlib
import os

import _sandbox_core as core
import _sandbox_standins as standins
from _sandbox_standins import as_buffer


def _exceptions():
    from cryptography import exceptions

    return exceptions


def finalized():
    return _exceptions().AlreadyFinalized('Context was already finalized.')


def unsupported(message, reason):
    from cryptography.exceptions import UnsupportedAlgorithm, _Reasons

    return UnsupportedAlgorithm(message, getattr(_Reasons, reason))


def hash_name(algorithm):
    """The interpreter's name of a hash algorithm, or None."""
    name = algorithm.name.replace('-', '_')
    if name in ('shake128', 'shake256'):
        return f'shake_{name[5:]}'
    return name if name in hashlib.algorithms_available else None


def hash_supported(algorithm):
    return hash_name(algorithm) is not None


def start_hash(algorithm):
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

    if not isinstance(algorithm, HashAlgorithm):
        raise TypeError('Expected instance of hashes.HashAlgorithm.')
    name = hash_name(algorithm)
    if name is None:
        raise unsupported(f'{algorithm.name} is not a supported hash on this backend', 'UNSUPPORTED_HASH')
    return hashlib.new(name)


def finish_hash(state, algorithm):
    return state.digest(algorithm.digest_size) if algorithm.name.startswith('shake') else state.digest()


def digest(algorithm, data):
    state = start_hash(algorithm)
    state.update(as_buffer(data))
    return finish_hash(state, algorithm)


class _Context:
    """What hashes and HMACs have in common."""

    _state = None

    @property
    def algorithm(self):
        return self._algorithm

    def update(self, data):
        if self._state is None:
            raise finalized()
        self._state.update(as_buffer(data))

    def copy(self):
        if self._state is None:
            raise finalized()
        other = type(self).__new__(type(self))
        other._algorithm, other._state = self._algorithm, self._state.copy()
        return other

    def finalize(self):
        if self._state is None:
            raise finalized()
        state, self._state = self._state, None
        return finish_hash(state, self._algorithm)


class Hash(_Context):
    def __init__(self, algorithm, backend=None):
        self._algorithm = algorithm
        self._state = start_hash(algorithm)

    @staticmethod
    def hash(algorithm, data):
        return digest(algorithm, data)


class HMAC(_Context):
    def __init__(self, key, algorithm, backend=None):
        import hmac

        start_hash(algorithm)
        self._algorithm = algorithm
        self._state = hmac.new(as_buffer(key), digestmod=hash_name(algorithm))

    def verify(self, signature):
        import hmac

        standins.as_bytes(signature, 'signature')
        if not hmac.compare_digest(self.finalize(), signature):
            raise _exceptions().InvalidSignature('Signature did not match digest.')


_MODES = {'CBC': 'cbc', 'ECB': 'ecb', 'CTR': 'ctr', 'CFB': 'cfb', 'CFB8': 'cfb8', 'OFB': 'ofb', 'GCM': 'gcm'}


def cipher_supported(algorithm, mode):
    if algorithm.name == 'AES':
        return getattr(mode, 'name', None) in _MODES
    return algorithm.name == 'ChaCha20' and mode is None


def _stream(algorithm, mode, encrypt):
    if not cipher_supported(algorithm, mode):
        name = f'cipher {algorithm.name}' + ('' if mode is None else f' in {mode.name} mode')
        core.host.unsupported('engine', f'cryptography: {name} is not part of what stands in for its compiled module')
        raise unsupported(f'{name} is not supported by this backend.', 'UNSUPPORTED_CIPHER')
    ciphers = core.host.crypto.ciphers
    key = core.to_js(as_buffer(algorithm.key))
    if mode is None:
        return ciphers.chachaStream(key, core.to_js(as_buffer(algorithm.nonce)))
    if mode.name == 'GCM':
        return ciphers.aeadStream('gcm', encrypt, key, core.to_js(as_buffer(mode.initialization_vector)))
    start = getattr(mode, 'initialization_vector', None) or getattr(mode, 'nonce', b'')
    return ciphers.aesStream(_MODES[mode.name], encrypt, key, core.to_js(as_buffer(start)))


class CipherContext:
    def __init__(self, stream, block_bytes=1):
        self._stream, self._block_bytes, self._rest = stream, block_bytes, 0

    def update(self, data):
        if self._stream is None:
            raise finalized()
        data = as_buffer(data)
        self._rest = (self._rest + len(data)) % self._block_bytes
        return self._stream.update(core.to_js(data)).to_bytes()

    def update_into(self, data, buf):
        data = as_buffer(data)
        if len(buf) < len(data) + self._block_bytes - 1:
            raise ValueError(f'buffer must be at least {len(data) + self._block_bytes - 1} bytes for this payload')
        done = self.update(data)
        memoryview(buf)[: len(done)] = done
        return len(done)

    def finalize(self):
        if self._stream is None:
            raise finalized()
        if self._rest:
            self._stream = None
            raise ValueError('The length of the provided data is not a multiple of the block length.')
        self._stream = None
        return b''


class _Aead(CipherContext):
    def __init__(self, stream, mode):
        super().__init__(stream)
        self._mode, self._updated = mode, False

    def update(self, data):
        if self._stream is not None:
            self._updated = True
        return super().update(data)

    def authenticate_additional_data(self, data):
        if self._stream is None:
            raise finalized()
        if self._updated:
            raise _exceptions().AlreadyUpdated('Update has been called on this context.')
        self._stream.authenticate(core.to_js(as_buffer(data)))


class AEADEncryptionContext(_Aead):
    _tag = None

    def finalize(self):
        if self._stream is None:
            raise finalized()
        self._stream.final()
        self._tag = self._stream.tag.to_bytes()
        self._stream = None
        return b''

    @property
    def tag(self):
        if self._tag is None:
            raise _exceptions().NotYetFinalized('You must finalize encryption before getting the tag.')
        return self._tag


class AEADDecryptionContext(_Aead):
    def finalize(self):
        if self._stream is None:
            raise finalized()
        if self._mode.tag is None:
            raise ValueError('Authentication tag must be provided when decrypting.')
        return self._end(self._mode.tag)

    def finalize_with_tag(self, tag):
        if self._stream is None:
            raise finalized()
        if self._mode.tag is not None:
            raise ValueError(
                'tag provided both in mode and in call with finalize_with_tag: tag should only be provided once'
            )
        if not 0 < self._mode._min_tag_length <= len(tag) <= 16:
            raise ValueError(f'Authentication tag must be {self._mode._min_tag_length} bytes or longer.')
        return self._end(tag)

    def _end(self, tag):
        stream, self._stream = self._stream, None
        stream.tag = core.to_js(as_buffer(tag))
        if not core.host.crypto.ciphers.verified(stream):
            raise _exceptions().InvalidTag
        return b''


def _create(algorithm, mode, encrypt):
    stream = _stream(algorithm, mode, encrypt)
    if mode is not None and mode.name == 'GCM':
        return (AEADEncryptionContext if encrypt else AEADDecryptionContext)(stream, mode)
    return CipherContext(stream, 16 if mode is not None and mode.name in ('CBC', 'ECB') else 1)


def create_encryption_ctx(algorithm, mode):
    return _create(algorithm, mode, True)


def create_decryption_ctx(algorithm, mode):
    return _create(algorithm, mode, False)


class _OneShot:
    """A cipher that takes a whole message."""

    _cipher = ''

    def _run(self, encrypt, nonce, data, associated_data):
        nonce, data = as_buffer(nonce), as_buffer(data)
        self._check_nonce(nonce)
        stream = core.host.crypto.ciphers.aeadStream(self._cipher, encrypt, core.to_js(self._key), core.to_js(nonce))
        if not encrypt:
            if len(data) < 16:
                raise _exceptions().InvalidTag
            data, tag = data[:-16], data[-16:]
            stream.tag = core.to_js(tag)
        if associated_data is not None:
            stream.authenticate(core.to_js(as_buffer(associated_data)))
        done = stream.update(core.to_js(data)).to_bytes()
        if encrypt:
            stream.final()
            return done + stream.tag.to_bytes()
        if not core.host.crypto.ciphers.verified(stream):
            raise _exceptions().InvalidTag
        return done

    def encrypt(self, nonce, data, associated_data):
        return self._run(True, nonce, data, associated_data)

    def decrypt(self, nonce, data, associated_data):
        return self._run(False, nonce, data, associated_data)


class AESGCM(_OneShot):
    _cipher = 'gcm'

    def __init__(self, key):
        self._key = as_buffer(key)
        if len(self._key) not in (16, 24, 32):
            raise ValueError('AESGCM key must be 128, 192, or 256 bits.')

    @staticmethod
    def generate_key(bit_length):
        if not isinstance(bit_length, int):
            raise TypeError('bit_length must be an integer')
        if bit_length not in (128, 192, 256):
            raise ValueError('bit_length must be 128, 192, or 256')
        return os.urandom(bit_length // 8)

    def _check_nonce(self, nonce):
        if not 8 <= len(nonce) <= 128:
            raise ValueError('Nonce must be between 8 and 128 bytes')


class ChaCha20Poly1305(_OneShot):
    _cipher = 'chacha'

    def __init__(self, key):
        self._key = as_buffer(key)
        if len(self._key) != 32:
            raise ValueError('ChaCha20Poly1305 key must be 32 bytes.')

    @staticmethod
    def generate_key():
        return os.urandom(32)

    def _check_nonce(self, nonce):
        if len(nonce) != 12:
            raise ValueError('Nonce must be 12 bytes')
