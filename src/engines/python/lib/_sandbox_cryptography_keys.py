"""`_rust.openssl.keys` of the cryptography package: keys from and to PEM and DER."""

import os

import _sandbox_core as core
import _sandbox_cryptography_curves as curves
import _sandbox_cryptography_rsa as rsa
import _sandbox_der as der
import _sandbox_standins as standins
from _sandbox_hash import pbkdf2_hmac
from _sandbox_standins import as_buffer

_RSA, _EC = '1.2.840.113549.1.1.1', '1.2.840.10045.2.1'
_EDWARDS = {'1.3.101.110': 'x25519', '1.3.101.111': 'x448', '1.3.101.112': 'ed25519', '1.3.101.113': 'ed448'}
_PBES2, _PBKDF2 = '1.2.840.113549.1.5.13', '1.2.840.113549.1.5.12'
_HMAC_NUMBERS = {7: 'sha1', 8: 'sha224', 9: 'sha256', 10: 'sha384', 11: 'sha512'}
_HMACS = {f'1.2.840.113549.2.{number}': name for number, name in _HMAC_NUMBERS.items()}
_AES_CBC = {f'2.16.840.1.101.3.4.1.{n}': size for n, size in ((2, 16), (22, 24), (42, 32))}
_ITERATIONS = 2048

_MALFORMED = (
    'Unable to load PEM file. See https://cryptography.io/en/latest/faq/#why-can-t-i-import-my-pem-file '
    'for more details. MalformedFraming'
)
_UNREADABLE = (
    'Could not deserialize key data. The data may be in an incorrect format, it may be encrypted with an unsupported '
    'algorithm, or it may be an unsupported key type (e.g. EC curves with explicit parameters). '
    'Details: ASN.1 parsing error: '
)


def _curve_of(dotted):
    from cryptography.hazmat.primitives.asymmetric import ec

    for oid, curve in ec._OID_TO_CURVE.items():
        if oid.dotted_string == dotted:
            return curve()
    raise der.DerError('unknown curve')


def _curve_oid(curve):
    from cryptography.hazmat.primitives.asymmetric import ec

    for oid, each in ec._OID_TO_CURVE.items():
        if each.name == curve.name:
            return oid.dotted_string
    raise ValueError(f'no identifier of {curve.name}')


def _rsa_private(reader):
    reader.integer()
    n, e, d, p, q, dp, dq, qi = (reader.integer() for _ in range(8))
    numbers = rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, rsa.RSAPublicNumbers(e, n))
    return numbers.private_key()


def _rsa_public(reader):
    n, e = reader.integer(), reader.integer()
    return rsa.RSAPublicNumbers(e, n).public_key()


def _ec_private(reader, curve=None):
    reader.integer()
    value = int.from_bytes(reader.take(der.OCTETS), 'big')
    if reader.peek() == 0xA0:
        curve = curve or _curve_of(der.Reader(reader.take(0xA0)).oid())
    if curve is None:
        raise der.DerError('no curve')
    return curves.derive_private_key(value, curve)


def _pkcs8(reader):
    reader.integer()
    algorithm = reader.sequence()
    kind = algorithm.oid()
    content = reader.take(der.OCTETS)
    if kind == _RSA:
        return _rsa_private(der.read(content))
    if kind == _EC:
        return _ec_private(der.read(content), _curve_of(algorithm.oid()))
    if kind in _EDWARDS:
        return curves.edwards_class(_EDWARDS[kind], 0)(der.Reader(content).take(der.OCTETS))
    raise standins.refuse('cryptography', f'a private key of the kind {kind}')


def _spki(reader):
    algorithm = reader.sequence()
    kind = algorithm.oid()
    content = reader.bits()
    if kind == _RSA:
        return _rsa_public(der.read(content))
    if kind == _EC:
        return curves.from_public_bytes(_curve_of(algorithm.oid()), content)
    if kind in _EDWARDS:
        return curves.edwards_class(_EDWARDS[kind], 1)(content)
    raise standins.refuse('cryptography', f'a public key of the kind {kind}')


def _crypt(encrypt, key, start, data):
    stream = core.host.crypto.ciphers.aesStream('cbc', encrypt, core.to_js(key), core.to_js(start))
    return stream.update(core.to_js(data)).to_bytes()


def _decrypt(reader, password):
    """The content of an EncryptedPrivateKeyInfo by PBES2 with PBKDF2 and AES-CBC."""
    algorithm, content = reader.sequence(), reader.take(der.OCTETS)
    if algorithm.oid() != _PBES2:
        raise standins.refuse('cryptography', 'an encryption of keys other than PBES2')
    parameters = algorithm.sequence()
    derivation, scheme = parameters.sequence(), parameters.sequence()
    if derivation.oid() != _PBKDF2:
        raise standins.refuse('cryptography', 'a key derivation other than PBKDF2 in an encrypted key')
    cost = derivation.sequence()
    salt, iterations, hash_name = cost.take(der.OCTETS), cost.integer(), 'sha1'
    if cost.peek() == der.INTEGER:
        cost.integer()
    if cost.peek() == der.SEQUENCE:
        hash_name = _HMACS.get(cost.sequence().oid())
    size, start = _AES_CBC.get(scheme.oid()), scheme.take(der.OCTETS)
    if size is None or hash_name is None:
        raise standins.refuse('cryptography', 'the cipher of an encrypted key')
    plain = _crypt(False, pbkdf2_hmac(hash_name, password, salt, iterations, size), start, content)
    count = plain[-1] if plain else 0
    try:
        if not 0 < count <= 16:
            raise der.DerError('padding')
        return der.read(plain[:-count])
    except der.DerError:
        raise ValueError('Incorrect password, could not decrypt key') from None


def _encrypt(plain, password):
    salt, start = os.urandom(16), os.urandom(16)
    key = pbkdf2_hmac('sha256', password, salt, _ITERATIONS, 32)
    count = 16 - len(plain) % 16
    hmac_oid, aes_oid = '1.2.840.113549.2.9', '2.16.840.1.101.3.4.1.42'
    cost = der.sequence(der.octets(salt), der.integer(_ITERATIONS), der.sequence(der.oid(hmac_oid), der.null()))
    scheme = der.sequence(der.oid(aes_oid), der.octets(start))
    parameters = der.sequence(der.sequence(der.oid(_PBKDF2), cost), scheme)
    content = _crypt(True, key, start, plain + bytes((count,)) * count)
    return der.sequence(der.sequence(der.oid(_PBES2), parameters), der.octets(content))


def _no_password(password):
    if password is not None:
        raise TypeError('Password was given but private key is not encrypted.')


def _read(load, content):
    try:
        return load(der.read(content))
    except der.DerError as error:
        raise ValueError(f'{_UNREADABLE}{error}') from None


def _encrypted(content, password):
    if password is None:
        raise TypeError('Password was not given but private key is encrypted')
    return _pkcs8(_decrypt(der.read(content), as_buffer(password)))


def load_pem_private_key(data, password, backend=None, *, unsafe_skip_rsa_key_validation=False):
    blocks = der.from_pem(as_buffer(data))
    if not blocks:
        raise ValueError(_MALFORMED)
    loaders = {'PRIVATE KEY': _pkcs8, 'RSA PRIVATE KEY': _rsa_private, 'EC PRIVATE KEY': _ec_private}
    for label, content, encrypted in blocks:
        if label == 'ENCRYPTED PRIVATE KEY':
            return _encrypted(content, password)
        if label in loaders:
            if encrypted:
                raise standins.refuse('cryptography', 'a traditional encrypted PEM key')
            _no_password(password)
            return _read(loaders[label], content)
    raise ValueError(
        'Valid PEM but no BEGIN/END delimiters for a private key found. Are you sure this is a private key?'
    )


def load_der_private_key(data, password, backend=None, *, unsafe_skip_rsa_key_validation=False):
    data = as_buffer(data)
    loaders = (_pkcs8, _rsa_private, _ec_private)
    for load in loaders:
        try:
            key = load(der.read(data))
        except (der.DerError, ValueError):
            continue
        _no_password(password)
        return key
    if password is not None:
        try:
            return _encrypted(data, password)
        except der.DerError:
            pass
    return _read(_pkcs8, data)


def load_pem_public_key(data, backend=None):
    blocks = der.from_pem(as_buffer(data))
    if not blocks:
        raise ValueError(_MALFORMED)
    loaders = {'PUBLIC KEY': _spki, 'RSA PUBLIC KEY': _rsa_public}
    for label, content, _ in blocks:
        if label in loaders:
            return _read(loaders[label], content)
    raise ValueError('Valid PEM but no BEGIN PUBLIC KEY/END PUBLIC KEY delimiters. Are you sure this is a public key?')


def load_der_public_key(data, backend=None):
    data = as_buffer(data)
    try:
        return _rsa_public(der.read(data))
    except (der.DerError, ValueError):
        return _read(_spki, data)


def _kind_of(key):
    if isinstance(key, (rsa.RSAPrivateKey, rsa.RSAPublicKey)):
        return 'rsa'
    return 'ec' if isinstance(key, (curves.ECPrivateKey, curves.ECPublicKey)) else 'edwards'


def _edwards_oid(kind):
    return next(oid for oid, each in _EDWARDS.items() if each == kind)


def _ec_content(key, with_curve):
    size = -(-key.curve.key_size // 8)
    parts = [der.integer(1), der.octets(key._value.to_bytes(size, 'big'))]
    if with_curve:
        parts.append(der.encode(0xA0, der.oid(_curve_oid(key.curve))))
    return der.sequence(*parts, der.encode(0xA1, der.bits(key.public_key().encoded())))


def _rsa_content(key):
    return der.sequence(der.integer(0), *(der.integer(each) for each in key._numbers._all()))


def _to_pkcs8(key, kind):
    if kind == 'rsa':
        algorithm, content = der.sequence(der.oid(_RSA), der.null()), _rsa_content(key)
    elif kind == 'ec':
        algorithm = der.sequence(der.oid(_EC), der.oid(_curve_oid(key.curve)))
        content = _ec_content(key, False)
    else:
        algorithm, content = der.sequence(der.oid(_edwards_oid(key.kind))), der.octets(key.raw)
    return der.sequence(der.integer(0), algorithm, der.octets(content))


def _instance(value, kind):
    if not isinstance(value, kind):
        raise TypeError(f"'{type(value).__name__}' object is not an instance of '{kind.__name__}'")


def _written(encoding, label, content):
    from cryptography.hazmat.primitives.serialization import Encoding

    if encoding is Encoding.PEM:
        return der.to_pem(label, content)
    if encoding is Encoding.DER:
        return content
    raise TypeError('encoding must be Encoding.DER or Encoding.PEM')


def private_bytes(key, encoding, format, encryption_algorithm):
    from cryptography.hazmat.primitives import serialization as names

    _instance(encoding, names.Encoding)
    _instance(format, names.PrivateFormat)
    if not isinstance(encryption_algorithm, names.KeySerializationEncryption):
        raise TypeError('Encryption algorithm must be a KeySerializationEncryption instance')
    password = getattr(encryption_algorithm, 'password', None)
    kind = _kind_of(key)
    if format is names.PrivateFormat.OpenSSH and encoding is names.Encoding.PEM:
        from cryptography.hazmat.primitives.serialization import ssh

        return ssh._serialize_ssh_private_key(key, password or b'', encryption_algorithm)
    raw = (encoding is names.Encoding.Raw, format is names.PrivateFormat.Raw)
    if any(raw):
        if kind != 'edwards' and format is names.PrivateFormat.PKCS8:
            raise TypeError('encoding must be Encoding.DER or Encoding.PEM')
        if kind != 'edwards':
            raise ValueError('format is invalid with this key')
        if not all(raw) or password is not None:
            raise ValueError(
                'When using Raw both encoding and format must be Raw and encryption_algorithm must be NoEncryption()'
            )
        return key.raw
    if format is names.PrivateFormat.PKCS8:
        content = _to_pkcs8(key, kind)
        if password is None:
            return _written(encoding, 'PRIVATE KEY', content)
        return _written(encoding, 'ENCRYPTED PRIVATE KEY', _encrypt(content, password))
    usual = encoding in (names.Encoding.PEM, names.Encoding.DER)
    if format is not names.PrivateFormat.TraditionalOpenSSL or kind == 'edwards' or not usual:
        raise ValueError('format is invalid with this key')
    if password is not None:
        if encoding is names.Encoding.DER:
            raise ValueError('Encryption is not supported for DER encoded traditional OpenSSL keys')
        raise standins.refuse('cryptography', 'writing a traditional encrypted PEM key')
    if kind == 'rsa':
        return _written(encoding, 'RSA PRIVATE KEY', _rsa_content(key))
    return _written(encoding, 'EC PRIVATE KEY', _ec_content(key, True))


def _to_spki(key, kind):
    if kind == 'rsa':
        return der.sequence(der.sequence(der.oid(_RSA), der.null()), der.bits(_rsa_public_content(key)))
    if kind == 'ec':
        algorithm = der.sequence(der.oid(_EC), der.oid(_curve_oid(key.curve)))
        return der.sequence(algorithm, der.bits(key.encoded()))
    return der.sequence(der.sequence(der.oid(_edwards_oid(key.kind))), der.bits(key.raw))


def _rsa_public_content(key):
    return der.sequence(der.integer(key._numbers.n), der.integer(key._numbers.e))


def public_bytes(key, encoding, format):
    from cryptography.hazmat.primitives import serialization as names

    _instance(encoding, names.Encoding)
    _instance(format, names.PublicFormat)
    kind, formats = _kind_of(key), names.PublicFormat
    raw = (encoding is names.Encoding.Raw, format is formats.Raw)
    if kind == 'edwards' and any(raw):
        if not all(raw):
            raise ValueError('When using Raw both encoding and format must be Raw')
        return key.raw
    if format is formats.SubjectPublicKeyInfo:
        return _written(encoding, 'PUBLIC KEY', _to_spki(key, kind))
    if kind == 'ec' and encoding is names.Encoding.X962:
        if format not in (formats.CompressedPoint, formats.UncompressedPoint):
            raise ValueError('X962 encoding must be used with CompressedPoint or UncompressedPoint format')
        return key.encoded(format is formats.CompressedPoint)
    if kind == 'rsa' and format is formats.PKCS1:
        return _written(encoding, 'RSA PUBLIC KEY', _rsa_public_content(key))
    if format is not formats.OpenSSH or (kind == 'edwards' and key.kind != 'ed25519'):
        raise ValueError('format is invalid with this key')
    if encoding is not names.Encoding.OpenSSH:
        raise ValueError('OpenSSH format must be used with OpenSSH encoding')
    from cryptography.hazmat.primitives.serialization import ssh

    return ssh.serialize_ssh_public_key(key)
