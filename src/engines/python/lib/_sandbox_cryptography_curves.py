"""`_rust.openssl.ec`, `ed25519`, `x25519`, `ed448` and `x448` of the cryptography package."""

import os

import _sandbox_core as core
import _sandbox_der as der
from _sandbox_cryptography_rsa import _Key, hashed
from _sandbox_cryptography_symmetric import unsupported
from _sandbox_standins import as_buffer

_OPENSSL_NAMES = {'secp256r1': 'prime256v1', 'secp192r1': 'prime192v1'}
_ELSEWHERE = 'Unsupported elliptic curve signature algorithm'


def _invalid():
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature()


def _name(curve):
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurve

    if not isinstance(curve, EllipticCurve):
        raise TypeError('curve must be an EllipticCurve instance')
    name = _OPENSSL_NAMES.get(curve.name, curve.name)
    if core.host.crypto.keys.curveOrder(name) is None:
        core.host.unsupported('engine', f'cryptography: the curve {curve.name} is not part of what stands in for it')
        raise unsupported(f'Curve {curve.name} is not supported', 'UNSUPPORTED_ELLIPTIC_CURVE')
    return name


def curve_supported(curve):
    return core.host.crypto.keys.curveOrder(_OPENSSL_NAMES.get(curve.name, curve.name)) is not None


class EllipticCurvePublicNumbers:
    def __init__(self, x, y, curve):
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurve

        if not isinstance(x, int) or not isinstance(y, int):
            raise TypeError('x and y must be integers.')
        if not isinstance(curve, EllipticCurve):
            raise TypeError('curve must provide the EllipticCurve interface.')
        self.x, self.y, self.curve = x, y, curve

    def public_key(self, backend=None):
        if self.x < 0 or self.y < 0 or not core.host.crypto.keys.ecIsOnCurve(_name(self.curve), self.x, self.y):
            raise ValueError('Invalid EC key. Point is not on the curve specified.')
        return ECPublicKey(self)

    def __eq__(self, other):
        if not isinstance(other, EllipticCurvePublicNumbers):
            return NotImplemented
        return (self.x, self.y, self.curve.name) == (other.x, other.y, other.curve.name)

    def __hash__(self):
        return hash((self.x, self.y, self.curve.name))

    def __repr__(self):
        return f'<EllipticCurvePublicNumbers(curve={self.curve.name}, x={self.x}, y={self.y})>'


class EllipticCurvePrivateNumbers:
    def __init__(self, private_value, public_numbers):
        if not isinstance(private_value, int):
            raise TypeError('private_value must be an integer.')
        if not isinstance(public_numbers, EllipticCurvePublicNumbers):
            raise TypeError('public_numbers must be an EllipticCurvePublicNumbers instance.')
        self.private_value, self.public_numbers = private_value, public_numbers

    def private_key(self, backend=None):
        self.public_numbers.public_key()
        key = derive_private_key(self.private_value, self.public_numbers.curve)
        if key.public_key().public_numbers() != self.public_numbers:
            raise ValueError('Invalid EC key.')
        return key

    def __eq__(self, other):
        if not isinstance(other, EllipticCurvePrivateNumbers):
            return NotImplemented
        return (self.private_value, self.public_numbers) == (other.private_value, other.public_numbers)

    def __hash__(self):
        return hash((self.private_value, self.public_numbers))


def _algorithm_of(signature_algorithm):
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

    if not isinstance(signature_algorithm, ECDSA):
        raise unsupported(_ELSEWHERE, 'UNSUPPORTED_PUBLIC_KEY_ALGORITHM')
    return signature_algorithm.algorithm


def decode_dss_signature(signature):
    try:
        reader = der.read(as_buffer(signature))
        r, s = reader.integer(), reader.integer()
        reader.end()
    except der.DerError as error:
        raise ValueError(f'error parsing asn1 value: {error}') from None
    return r, s


def encode_dss_signature(r, s):
    if not isinstance(r, int) or not isinstance(s, int):
        raise TypeError('Both r and s must be integers')
    return der.sequence(der.integer(r), der.integer(s))


class ECPublicKey(_Key):
    def __init__(self, numbers):
        self._numbers = numbers

    @property
    def curve(self):
        return self._numbers.curve

    @property
    def key_size(self):
        return self.curve.key_size

    def public_numbers(self):
        return self._numbers

    def __eq__(self, other):
        return isinstance(other, ECPublicKey) and self._numbers == other._numbers

    def __hash__(self):
        return hash(self._numbers)

    def verify(self, signature, data, signature_algorithm):
        value, _ = hashed(data, _algorithm_of(signature_algorithm))
        try:
            r, s = decode_dss_signature(signature)
        except ValueError:
            raise _invalid() from None
        n = self._numbers
        if r < 1 or s < 1 or not core.host.crypto.keys.ecVerify(_name(self.curve), n.x, n.y, core.to_js(value), r, s):
            raise _invalid()

    def encoded(self, compressed=False):
        numbers = self._numbers
        return core.host.crypto.keys.ecEncode(_name(self.curve), numbers.x, numbers.y, compressed).to_bytes()

    def public_bytes(self, encoding, format):
        import _sandbox_cryptography_keys as keys

        return keys.public_bytes(self, encoding, format)


class ECPrivateKey(_Key):
    def __init__(self, value, public):
        self._value, self._public = value, public

    @property
    def curve(self):
        return self._public.curve

    @property
    def key_size(self):
        return self._public.key_size

    def public_key(self):
        return self._public

    def private_numbers(self):
        return EllipticCurvePrivateNumbers(self._value, self._public._numbers)

    def sign(self, data, signature_algorithm):
        value, _ = hashed(data, _algorithm_of(signature_algorithm))
        r, s = core.host.crypto.keys.ecSign(_name(self.curve), self._value, core.to_js(value)).to_py()
        return encode_dss_signature(r, s)

    def exchange(self, algorithm, peer_public_key):
        from cryptography.hazmat.primitives.asymmetric.ec import ECDH

        if not isinstance(algorithm, ECDH):
            raise unsupported('Unsupported EC exchange algorithm', 'UNSUPPORTED_EXCHANGE_ALGORITHM')
        other = peer_public_key._numbers
        if other.curve.name != self.curve.name:
            raise ValueError('Error computing shared key.')
        return core.host.crypto.keys.ecAgree(_name(self.curve), self._value, other.x, other.y).to_bytes()

    def private_bytes(self, encoding, format, encryption_algorithm):
        import _sandbox_cryptography_keys as keys

        return keys.private_bytes(self, encoding, format, encryption_algorithm)


def derive_private_key(private_value, curve):
    name = _name(curve)
    if not 0 < private_value < core.host.crypto.keys.curveOrder(name):
        raise ValueError('Invalid private_value')
    x, y = core.host.crypto.keys.ecPublic(name, private_value).to_py()
    return ECPrivateKey(private_value, ECPublicKey(EllipticCurvePublicNumbers(x, y, curve)))


def generate_private_key(curve, backend=None):
    import random

    order = core.host.crypto.keys.curveOrder(_name(curve))
    return derive_private_key(random.SystemRandom().randrange(1, order), curve)


def from_private_numbers(numbers):
    return numbers.private_key()


def from_public_numbers(numbers):
    return numbers.public_key()


def from_public_bytes(curve, data):
    point = core.host.crypto.keys.ecDecode(_name(curve), core.to_js(as_buffer(data)))
    if point is None:
        raise ValueError('Invalid EC key.')
    x, y = point.to_py()
    return ECPublicKey(EllipticCurvePublicNumbers(x, y, curve))


class _Edwards(_Key):
    """A key of the curves of RFC 7748 and RFC 8032, which is nothing but bytes."""

    kind = ''

    def __init__(self, data):
        self.raw = data

    def __eq__(self, other):
        return type(other) is type(self) and other.raw == self.raw

    def __hash__(self):
        return hash(self.raw)


class _EdwardsPublic(_Edwards):
    def public_bytes_raw(self):
        return self.raw

    def public_bytes(self, encoding, format):
        import _sandbox_cryptography_keys as keys

        return keys.public_bytes(self, encoding, format)


class _EdwardsPrivate(_Edwards):
    public_class = _EdwardsPublic

    def public_key(self):
        return self.public_class(core.host.crypto.keys.okpPublic(self.kind, core.to_js(self.raw)).to_bytes())

    def private_bytes_raw(self):
        return self.raw

    def private_bytes(self, encoding, format, encryption_algorithm):
        import _sandbox_cryptography_keys as keys

        return keys.private_bytes(self, encoding, format, encryption_algorithm)


def _sign(self, data):
    return core.host.crypto.keys.okpSign(self.kind, core.to_js(self.raw), core.to_js(as_buffer(data))).to_bytes()


def _verify(self, signature, data):
    given = [core.to_js(as_buffer(each)) for each in (self.raw, data, signature)]
    if not core.host.crypto.keys.okpVerify(self.kind, *given):
        raise _invalid()


def _exchange(self, peer_public_key):
    secret = core.host.crypto.keys.okpAgree(self.kind, core.to_js(self.raw), core.to_js(peer_public_key.raw))
    if secret is None:
        raise ValueError('Error computing shared key.')
    return secret.to_bytes()


SIZES = {'ed25519': 32, 'x25519': 32, 'ed448': 57, 'x448': 56}
edwards = {}
"""Private and public class by kind."""


def _classes(kind):
    title = kind[0].upper() + kind[1:]
    signs = kind.startswith('ed')
    place = {'__module__': f'cryptography.hazmat.bindings._rust.openssl.{kind}', 'kind': kind}
    public = type(f'{title}PublicKey', (_EdwardsPublic,), place | ({'verify': _verify} if signs else {}))
    private = type(
        f'{title}PrivateKey',
        (_EdwardsPrivate,),
        place | {'public_class': public} | ({'sign': _sign} if signs else {'exchange': _exchange}),
    )
    edwards[kind] = private, public
    return private, public


def edwards_class(kind, which):
    """The private (0) or public (1) class of a kind."""
    return (edwards.get(kind) or _classes(kind))[which]


def fill_edwards(module, kind):
    """Makes the module of one of these curves."""
    private, public = edwards_class(kind, 0), edwards_class(kind, 1)
    article, title, size = 'An', private.__name__.removesuffix('PrivateKey'), SIZES[kind]

    def checked(data, what):
        data = as_buffer(data)
        if len(data) != size:
            raise ValueError(f'{article} {title} {what} key is {size} bytes long')
        return data

    module.generate_key = lambda: private(os.urandom(size))
    module.from_private_bytes = lambda data: private(checked(data, 'private'))
    module.from_public_bytes = lambda data: public(checked(data, 'public'))
    setattr(module, private.__name__, private)
    setattr(module, public.__name__, public)
