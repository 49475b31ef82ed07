"""`cryptography.hazmat.bindings._rust`: the compiled core of the cryptography package.

Hashes, HMAC, AES and ChaCha20, key derivation, RSA, elliptic curves and their keys in PEM and DER are here; the rest
(certificates, PKCS 7 and 12, DSA, Diffie-Hellman, ...) can be imported and refuses when it is used.
"""

import sys
import types

import _sandbox_standins as standins

_VERSION_NUMBER, _VERSION_TEXT = 0x30500040, 'OpenSSL 3.5.4 30 Sep 2025'
_OLDEST = 43
"""Earlier versions call OpenSSL by its own interface."""

_REASONS = (
    'BACKEND_MISSING_INTERFACE UNSUPPORTED_HASH UNSUPPORTED_CIPHER UNSUPPORTED_PADDING UNSUPPORTED_MGF '
    'UNSUPPORTED_PUBLIC_KEY_ALGORITHM UNSUPPORTED_ELLIPTIC_CURVE UNSUPPORTED_SERIALIZATION UNSUPPORTED_X509 '
    'UNSUPPORTED_EXCHANGE_ALGORITHM UNSUPPORTED_DIFFIE_HELLMAN UNSUPPORTED_MAC'
)
_NAMES = {
    'Encoding': 'PEM DER OpenSSH Raw X962 SMIME',
    'PrivateFormat': 'PKCS8 TraditionalOpenSSL Raw OpenSSH PKCS12',
    'PublicFormat': 'SubjectPublicKeyInfo PKCS1 OpenSSH Raw CompressedPoint UncompressedPoint',
    'ParameterFormat': 'PKCS3',
}
_PARTS = (
    'aead ciphers cmac dh dsa ec ed25519 ed448 hashes hmac hpke kdf keys keywrap mldsa mlkem poly1305 rsa x25519 x448'
)


class _Refusing(type):
    """A class of which nothing can be used, but that can be registered and asked about."""

    def __call__(cls, *_args, **_kwargs):
        raise standins.refuse('cryptography', cls.__qualname__)

    def __getattr__(cls, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return _absent(cls.__module__, f'{cls.__qualname__}.{name}')


def _absent(module, name):
    return _Refusing(name.rpartition('.')[2], (), {'__module__': module, '__qualname__': name})


class _Module(types.ModuleType):
    """A module whose missing names are classes that refuse."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        made = _absent(self.__name__, f'{self.__name__.rpartition(".")[2]}.{name}')
        setattr(self, name, made)
        return made


def _submodule(parent, name):
    module = _Module(f'{parent.__name__}.{name}')
    setattr(parent, name, module)
    sys.modules[module.__name__] = module
    return module


def _copy(module, source, names):
    for name in names.split():
        value = getattr(source, name)
        if isinstance(value, type):
            value.__module__ = module.__name__
        setattr(module, name, value)


class ObjectIdentifier:
    __slots__ = ('dotted_string',)

    def __init__(self, value):
        parts = value.split('.')
        if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts) or int(parts[0]) > 2:
            raise ValueError('error parsing asn1 value: ParseError { kind: InvalidValue }')
        self.dotted_string = value

    @property
    def _name(self):
        from cryptography.hazmat._oid import _OID_NAMES

        return _OID_NAMES.get(self, 'Unknown OID')

    def __eq__(self, other):
        return isinstance(other, ObjectIdentifier) and self.dotted_string == other.dotted_string

    def __hash__(self):
        return hash(self.dotted_string)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<ObjectIdentifier(oid={self.dotted_string}, name={self._name})>'


def _enumerations(module):
    """Encodings and formats, which are compiled as of version 46; plain objects, as those are."""
    for name, members in _NAMES.items():
        place = {'__module__': 'cryptography.hazmat.primitives._serialization'}
        kind = type(name, (), place | {'__repr__': lambda self: f'{type(self).__name__}.{self.name}'})
        for member in members.split():
            value = kind()
            value.name = member
            setattr(kind, member, value)
        setattr(module, name, kind)

    def encryption_builder(self):
        from cryptography.hazmat.primitives._serialization import KeySerializationEncryptionBuilder

        if self.name not in ('OpenSSH', 'PKCS12'):
            raise ValueError('encryption_builder only supported with PrivateFormat.OpenSSH and PrivateFormat.PKCS12')
        return KeySerializationEncryptionBuilder(self)

    module.PrivateFormat.encryption_builder = encryption_builder


class _Library:
    """As much of OpenSSL's own interface as the package reads while it is imported."""

    def OpenSSL_version_num(self):  # noqa: N802
        return _VERSION_NUMBER

    def __dir__(self):
        return ['CRYPTOGRAPHY_PACKAGE_VERSION', 'OpenSSL_version_num', 'EVP_get_digestbyname']

    def EVP_get_digestbyname(self, name):  # noqa: N802
        import _sandbox_hash

        return name if _sandbox_hash.is_known(name.decode()) else None

    def __getattr__(self, name):
        if name.startswith('Cryptography_HAS_'):
            return 1
        raise AttributeError(name)


def _fill_openssl(module):
    import _sandbox_cryptography_curves as curves
    import _sandbox_cryptography_kdf as kdf
    import _sandbox_cryptography_keys as keys
    import _sandbox_cryptography_rsa as rsa
    import _sandbox_cryptography_symmetric as symmetric

    parts = {name: _submodule(module, name) for name in _PARTS.split()}
    _copy(parts['hashes'], symmetric, 'Hash hash_supported')
    _copy(parts['hmac'], symmetric, 'HMAC')
    _copy(parts['aead'], symmetric, 'AESGCM ChaCha20Poly1305')
    contexts = 'CipherContext AEADEncryptionContext AEADDecryptionContext'
    _copy(parts['ciphers'], symmetric, f'create_encryption_ctx create_decryption_ctx cipher_supported {contexts}')
    _copy(parts['kdf'], kdf, 'derive_pbkdf2_hmac derive_scrypt PBKDF2HMAC Scrypt HKDF HKDFExpand ConcatKDFHash X963KDF')
    _copy(parts['rsa'], rsa, 'RSAPrivateKey RSAPublicKey RSAPrivateNumbers RSAPublicNumbers generate_private_key')
    numbers = 'EllipticCurvePrivateNumbers EllipticCurvePublicNumbers'
    makers = 'generate_private_key derive_private_key from_private_numbers from_public_numbers from_public_bytes'
    _copy(parts['ec'], curves, f'ECPrivateKey ECPublicKey {numbers} curve_supported {makers}')
    for kind in curves.SIZES:
        curves.fill_edwards(parts[kind], kind)
    loaders = 'load_pem_private_key load_der_private_key load_pem_public_key load_der_public_key'
    _copy(parts['keys'], keys, loaders)
    for name in ('LIBRESSL', 'BORINGSSL', 'AWSLC'):
        setattr(module, f'CRYPTOGRAPHY_IS_{name}', False)
    for name in ('300', '309', '320', '330', '350'):
        setattr(module, f'CRYPTOGRAPHY_OPENSSL_{name}_OR_GREATER', True)
    module.openssl_version = lambda: _VERSION_NUMBER
    module.openssl_version_text = lambda: _VERSION_TEXT
    module.capture_error_stack = list
    module.is_fips_enabled = lambda: False
    module._legacy_provider_loaded = True
    module._providers = None


def install(module):
    import enum

    import _sandbox_cryptography_curves as curves
    import _sandbox_cryptography_padding as padding
    import _sandbox_cryptography_x509 as x509

    version = standins.version_of(module, 'cryptography')
    if int(version.partition('.')[0]) < _OLDEST:
        # Callers that do without the package ask for this kind of error.
        raise ImportError(str(standins.refuse('cryptography', f'version {version}, which is older than {_OLDEST},')))
    standins.announce(
        'cryptography',
        'Python and JavaScript in place of its compiled core: hashes, AES, ChaCha20, RSA, elliptic curves; '
        'no certificates',
    )
    module.__class__ = _Module
    module.__path__ = []
    exceptions = _submodule(module, 'exceptions')
    exceptions._Reasons = enum.Enum('_Reasons', _REASONS, module='cryptography.exceptions', start=0)
    asn1 = _submodule(module, 'asn1')
    _copy(asn1, curves, 'decode_dss_signature encode_dss_signature')
    for name in 'declarative_asn1 cobblestone ocsp pkcs7 pkcs12 test_support'.split():
        _submodule(module, name)
    _copy(_submodule(module, 'x509'), x509, 'load_der_x509_certificate load_pem_x509_certificate')
    bindings = _submodule(module, '_openssl')
    library = _Library()
    library.CRYPTOGRAPHY_PACKAGE_VERSION = version.encode()
    bindings.lib = library
    bindings.ffi = types.SimpleNamespace(string=lambda value: value, NULL=None)
    module.ObjectIdentifier = ObjectIdentifier
    contexts = 'PKCS7PaddingContext PKCS7UnpaddingContext ANSIX923PaddingContext ANSIX923UnpaddingContext'
    _copy(module, padding, f'check_pkcs7_padding check_ansix923_padding {contexts}')
    _enumerations(module)
    _fill_openssl(_submodule(module, 'openssl'))
