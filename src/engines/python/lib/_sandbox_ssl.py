"""The `ssl` module: contexts can be made and set up as servers and clients do when they start; TLS itself is refused.

The interpreter comes with a module without TLS; here its values become those of CPython 3.12 with OpenSSL 3, and
what it would pass over in silence becomes an error.
"""

import _sandbox_core as core

_OPTIONS = 2186412112
"""Of a new context: OP_ALL, no SSL 3, no compression, and OpenSSL 3's own."""

_NEWER = ('HAS_PHA', 'HAS_PSK')
"""Names that came after Python 3.12."""


def _refused(module):
    detail = 'TLS is not part of the sandbox: a connection can be served and made without it only'
    core.host.unsupported('engine', f'ssl: {detail}')
    return module.SSLError(1, f'[SSL] {detail}')


def _readable(path):
    """Raises what OpenSSL raises for a file that it cannot open."""
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError as error:
        raise type(error)(error.errno, error.strerror) from None


def _patch_errors(module):
    ssl_error = module.SSLError
    ssl_error.__str__ = lambda self: self.strerror if isinstance(self.strerror, str) else str(self.args)

    class SSLCertVerificationError(ssl_error, ValueError):
        __module__ = 'ssl'

    module.SSLCertVerificationError = module.CertificateError = SSLCertVerificationError


def _patch_context(module):
    context = module.SSLContext
    start = context.__init__

    def __init__(self, protocol=None, *args, **kwargs):
        try:
            start(self, protocol, *args, **kwargs)
        except ValueError:
            raise ValueError(f'invalid or unsupported protocol version {protocol}') from None
        self._options = module.Options(_OPTIONS)
        self._maximum_version = module.TLSVersion.MAXIMUM_SUPPORTED
        self.post_handshake_auth = False
        self._cert_store = {'x509': 0, 'crl': 0, 'x509_ca': 0}

    def refuse(*_args, **_kwargs):
        raise _refused(module)

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        for path in (certfile, keyfile):
            if path is not None and b'-----BEGIN ' not in _readable(path):
                raise module.SSLError(9, '[SSL] PEM lib (_ssl.c:3900)')

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        if cafile is None and capath is None and cadata is None:
            raise TypeError('cafile, capath and cadata cannot be all omitted')
        if cafile is not None and b'-----BEGIN ' not in _readable(cafile):
            raise module.SSLError(136, '[X509] no certificate or crl found (_ssl.c:4149)')

    def set_alpn_protocols(self, alpn_protocols):
        for protocol in alpn_protocols:
            if not 0 < len(bytes(protocol, 'ascii')) <= 255:
                raise module.SSLError('ALPN protocols must be 1 to 255 in length')

    def set_ciphers(self, ciphers):
        known = any(part in ciphers.upper() for part in _CIPHER_PARTS)
        if not known:
            raise module.SSLError('No cipher can be selected.')

    context.__init__ = __init__
    context.wrap_socket = context.wrap_bio = refuse
    for function in (load_cert_chain, load_verify_locations, set_alpn_protocols, set_ciphers):
        setattr(context, function.__name__, function)
    context.security_level = property(lambda self: 2)
    module.get_server_certificate = refuse


_CIPHER_PARTS = ('AES', 'CHACHA', 'DEFAULT', 'HIGH', 'ALL', 'ECDH', 'DHE', 'MEDIUM', 'PSK', 'SECLEVEL', 'RSA', 'TLSV1')


def install(module):
    """Completes the module `ssl` after it was imported."""
    for name in _NEWER:
        if hasattr(module, name):
            delattr(module, name)
    module.HAS_ECDH = module.HAS_TLSv1_3 = module.HAS_NEVER_CHECK_COMMON_NAME = True
    module.RAND_status = lambda: True
    module.OPENSSL_VERSION = 'OpenSSL 3.0.13 30 Jan 2024'
    module.OPENSSL_VERSION_INFO = (3, 0, 0, 13, 0)
    module.OPENSSL_VERSION_NUMBER = 0x300000D0
    _patch_errors(module)
    _patch_context(module)
    create = module.create_default_context

    def create_default_context(purpose=module.Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
        context = create(purpose, cafile=cafile, capath=capath, cadata=cadata)
        context.verify_flags = module.VerifyFlags.VERIFY_X509_TRUSTED_FIRST
        return context

    create_default_context.__module__ = 'ssl'
    module.create_default_context = module._create_default_https_context = create_default_context
