"""`_rust.openssl.rsa` of the cryptography package."""

import hashlib
import os

import _sandbox_core as core
import _sandbox_der as der
from _sandbox_cryptography_symmetric import digest, finish_hash, hash_name, start_hash, unsupported
from _sandbox_standins import as_buffer

_DIGEST_OIDS = {
    'md5': '1.2.840.113549.2.5', 'sha1': '1.3.14.3.2.26', 'sha256': '2.16.840.1.101.3.4.2.1',
    'sha384': '2.16.840.1.101.3.4.2.2', 'sha512': '2.16.840.1.101.3.4.2.3', 'sha224': '2.16.840.1.101.3.4.2.4',
    'sha512_224': '2.16.840.1.101.3.4.2.5', 'sha512_256': '2.16.840.1.101.3.4.2.6',
    'sha3_224': '2.16.840.1.101.3.4.2.7', 'sha3_256': '2.16.840.1.101.3.4.2.8',
    'sha3_384': '2.16.840.1.101.3.4.2.9', 'sha3_512': '2.16.840.1.101.3.4.2.10',
}  # fmt: skip
_TOO_LONG = (
    'Digest or salt length too long for key size. Use a larger key or shorter salt length if you are '
    'specifying a PSS salt'
)


def _invalid():
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature()


def hashed(data, algorithm):
    """The digest of a message, or what is given as one; and its algorithm."""
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    if not isinstance(algorithm, Prehashed):
        return digest(algorithm, data), algorithm
    data = as_buffer(data)
    if len(data) != algorithm._digest_size:
        raise ValueError("The provided data must be the same length as the hash algorithm's digest size.")
    return data, algorithm._algorithm


def _mask(algorithm, seed, length):
    done = b''
    for number in range(-(-length // algorithm.digest_size)):
        done += hashlib.new(hash_name(algorithm), seed + number.to_bytes(4, 'big')).digest()
    return done[:length]


def _xor(a, b):
    return (int.from_bytes(a, 'big') ^ int.from_bytes(b, 'big')).to_bytes(len(a), 'big')


def _kind(padding):
    from cryptography.hazmat.primitives._asymmetric import AsymmetricPadding

    if not isinstance(padding, AsymmetricPadding):
        raise TypeError('Padding must be an instance of AsymmetricPadding.')
    name = type(padding).__name__
    if name not in ('PKCS1v15', 'PSS', 'OAEP'):
        raise unsupported(f'{padding.name} is not supported by this backend.', 'UNSUPPORTED_PADDING')
    return name


def _pad_signature(hash_value, algorithm, size):
    oid = _DIGEST_OIDS.get(hash_name(algorithm))
    if oid is None:
        raise unsupported(f'{algorithm.name} is not supported for signatures.', 'UNSUPPORTED_HASH')
    info = der.sequence(der.sequence(der.oid(oid), der.null()), der.octets(hash_value))
    if len(info) + 11 > size:
        raise ValueError(_TOO_LONG)
    return b'\0\1' + b'\xff' * (size - len(info) - 3) + b'\0' + info


def _pss_salt(padding, algorithm, bits, signing):
    """The length of the salt, or None when any will do."""
    from cryptography.hazmat.primitives.asymmetric.padding import PSS

    most = -(-(bits - 1) // 8) - algorithm.digest_size - 2
    wanted = padding._salt_length
    if wanted is PSS.MAX_LENGTH:
        return most
    if wanted is PSS.DIGEST_LENGTH:
        return algorithm.digest_size
    if wanted is PSS.AUTO:
        if signing:
            raise ValueError('PSS salt length can only be set to AUTO when verifying')
        return None
    return wanted


def _pss_hash(algorithm, hash_value, salt):
    return hashlib.new(hash_name(algorithm), bytes(8) + hash_value + salt).digest()


def _pad_pss(hash_value, algorithm, padding, bits):
    size = -(-(bits - 1) // 8)
    length = _pss_salt(padding, algorithm, bits, True)
    room = size - len(hash_value) - length - 2
    if room < 0:
        raise ValueError(_TOO_LONG)
    salt = os.urandom(length)
    inner = _pss_hash(algorithm, hash_value, salt)
    block = bytes(room) + b'\1' + salt
    masked = bytearray(_xor(block, _mask(padding._mgf._algorithm, inner, len(block))))
    masked[0] &= 255 >> (size * 8 - bits + 1)
    return (bytes(masked) + inner + b'\xbc').rjust(-(-bits // 8), b'\0')


def _check_pss(block, hash_value, algorithm, padding, bits):
    size, count = -(-(bits - 1) // 8), algorithm.digest_size
    encoded, unused = block[len(block) - size :], size * 8 - bits + 1
    if size < count + 2 or block[: len(block) - size].strip(b'\0') or encoded[-1] != 0xBC or encoded[0] >> (8 - unused):
        return False
    masked, inner = encoded[: size - count - 1], encoded[size - count - 1 : -1]
    plain = bytearray(_xor(masked, _mask(padding._mgf._algorithm, inner, len(masked))))
    plain[0] &= 255 >> unused
    rest = bytes(plain).lstrip(b'\0')
    wanted = _pss_salt(padding, algorithm, bits, False)
    if not rest.startswith(b'\1') or wanted not in (None, len(rest) - 1):
        return False
    return _pss_hash(algorithm, hash_value, rest[1:]) == inner


def _pad_oaep(data, padding, size):
    algorithm = padding._algorithm
    label = finish_hash(_started(algorithm, padding._label or b''), algorithm)
    room = size - 2 * len(label) - 2
    if len(data) > room:
        raise ValueError('Encryption failed')
    block = label + bytes(room - len(data)) + b'\1' + data
    seed = os.urandom(len(label))
    mask = padding._mgf._algorithm
    masked = _xor(block, _mask(mask, seed, len(block)))
    return b'\0' + _xor(seed, _mask(mask, masked, len(seed))) + masked


def _started(algorithm, data):
    state = start_hash(algorithm)
    state.update(data)
    return state


def _unpad_oaep(block, padding):
    algorithm, mask = padding._algorithm, padding._mgf._algorithm
    label = finish_hash(_started(algorithm, padding._label or b''), algorithm)
    count = len(label)
    masked = block[1 + count :]
    seed = _xor(block[1 : 1 + count], _mask(mask, masked, count))
    plain = _xor(masked, _mask(mask, seed, len(masked)))
    rest = plain[count:].lstrip(b'\0')
    if block[0] or plain[:count] != label or not rest.startswith(b'\1'):
        raise ValueError('Decryption failed')
    return rest[1:]


def _pad_encryption(data, size):
    if len(data) + 11 > size:
        raise ValueError('Encryption failed')
    filler = b''
    while len(filler) < size - len(data) - 3:
        filler += os.urandom(size).replace(b'\0', b'')
    return b'\0\2' + filler[: size - len(data) - 3] + b'\0' + data


def _unpad_encryption(block):
    end = block.find(b'\0', 2)
    if not block.startswith(b'\0\2') or end < 10:
        # OpenSSL gives something random in place of an error, so that nobody learns from it.
        return os.urandom(block[-1] % 32)
    return block[end + 1 :]


class RSAPublicNumbers:
    def __init__(self, e, n):
        if not isinstance(e, int) or not isinstance(n, int):
            raise TypeError('RSAPublicNumbers arguments must be integers.')
        self.e, self.n = e, n

    def public_key(self, backend=None):
        if self.n < 3:
            raise ValueError('n must be >= 3.')
        if self.e < 3 or self.e >= self.n:
            raise ValueError('e must be >= 3 and < n.')
        if not self.e & 1:
            raise ValueError('e must be odd.')
        return RSAPublicKey(self)

    def __eq__(self, other):
        return isinstance(other, RSAPublicNumbers) and (self.e, self.n) == (other.e, other.n)

    def __hash__(self):
        return hash((self.e, self.n))

    def __repr__(self):
        return f'<RSAPublicNumbers(e={self.e}, n={self.n})>'


class RSAPrivateNumbers:
    def __init__(self, p, q, d, dmp1, dmq1, iqmp, public_numbers):
        if not all(isinstance(each, int) for each in (p, q, d, dmp1, dmq1, iqmp)):
            raise TypeError('RSAPrivateNumbers p, q, d, dmp1, dmq1, iqmp arguments must all be an integers.')
        self.p, self.q, self.d, self.dmp1, self.dmq1, self.iqmp = p, q, d, dmp1, dmq1, iqmp
        self.public_numbers = public_numbers

    def private_key(self, backend=None, *, unsafe_skip_rsa_key_validation=False):
        public = self.public_numbers
        if not unsafe_skip_rsa_key_validation:
            if self.p * self.q != public.n:
                raise ValueError('p*q must equal modulus.')
            if public.e * self.d % (self.p - 1) != 1 or public.e * self.d % (self.q - 1) != 1:
                raise ValueError('Invalid private key')
        return RSAPrivateKey(self)

    def _all(self):
        public = self.public_numbers
        return [public.n, public.e, self.d, self.p, self.q, self.dmp1, self.dmq1, self.iqmp]

    def __eq__(self, other):
        return isinstance(other, RSAPrivateNumbers) and self._all() == other._all()

    def __hash__(self):
        return hash(tuple(self._all()))


class _Key:
    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class RSAPublicKey(_Key):
    def __init__(self, numbers):
        self._numbers = numbers
        self._bytes = -(-numbers.n.bit_length() // 8)

    @property
    def key_size(self):
        return self._numbers.n.bit_length()

    def public_numbers(self):
        return self._numbers

    def __eq__(self, other):
        return isinstance(other, RSAPublicKey) and self._numbers == other._numbers

    def __hash__(self):
        return hash(self._numbers)

    def _raised(self, block):
        result = core.host.crypto.keys.rsaPublic(self._numbers.n, self._numbers.e, core.to_js(block))
        return None if result is None else result.to_bytes()

    def encrypt(self, plaintext, padding):
        kind, plaintext = _kind(padding), as_buffer(plaintext)
        if kind == 'PSS':
            raise unsupported(f'{padding.name} is not supported by this backend.', 'UNSUPPORTED_PADDING')
        if kind == 'OAEP':
            return self._raised(_pad_oaep(plaintext, padding, self._bytes))
        return self._raised(_pad_encryption(plaintext, self._bytes))

    def verify(self, signature, data, padding, algorithm):
        kind, signature = _kind(padding), as_buffer(signature)
        value, algorithm = hashed(data, algorithm)
        block = self._raised(signature) if len(signature) == self._bytes else None
        if block is None:
            raise _invalid()
        if kind == 'PKCS1v15':
            right = block == _pad_signature(value, algorithm, self._bytes)
        else:
            right = _check_pss(block, value, algorithm, padding, self.key_size)
        if not right:
            raise _invalid()

    def public_bytes(self, encoding, format):
        import _sandbox_cryptography_keys as keys

        return keys.public_bytes(self, encoding, format)


class RSAPrivateKey(_Key):
    def __init__(self, numbers):
        self._numbers = numbers
        self._public = RSAPublicKey(numbers.public_numbers)

    @property
    def key_size(self):
        return self._public.key_size

    def public_key(self):
        return self._public

    def private_numbers(self):
        return self._numbers

    def _raised(self, block):
        result = core.host.crypto.keys.rsaPrivate(core.to_js(self._numbers._all()), core.to_js(block))
        return None if result is None else result.to_bytes()

    def sign(self, data, padding, algorithm):
        kind = _kind(padding)
        value, algorithm = hashed(data, algorithm)
        if kind == 'OAEP':
            raise unsupported(f'{padding.name} is not supported by this backend.', 'UNSUPPORTED_PADDING')
        if kind == 'PKCS1v15':
            return self._raised(_pad_signature(value, algorithm, self._public._bytes))
        return self._raised(_pad_pss(value, algorithm, padding, self.key_size))

    def decrypt(self, ciphertext, padding):
        ciphertext = as_buffer(ciphertext)
        if len(ciphertext) != self._public._bytes:
            raise ValueError('Ciphertext length must be equal to key size.')
        kind, block = _kind(padding), self._raised(ciphertext)
        if block is None:
            raise ValueError('Decryption failed')
        return _unpad_oaep(block, padding) if kind == 'OAEP' else _unpad_encryption(block)

    def private_bytes(self, encoding, format, encryption_algorithm):
        import _sandbox_cryptography_keys as keys

        return keys.private_bytes(self, encoding, format, encryption_algorithm)


def generate_private_key(public_exponent, key_size):
    n, e, d, p, q, dp, dq, qi = core.host.crypto.keys.rsaGenerate(key_size, public_exponent).to_py()
    return RSAPrivateKey(RSAPrivateNumbers(p, q, d, dp, dq, qi, RSAPublicNumbers(e, n)))
