"""Certificates of the cryptography package: data that is none is refused as by the package, certificates plainly.

Tokens ask whether a secret is a certificate by mistake, so that the answer "no" is part of every HS256 signature.
"""

import _sandbox_der as der
import _sandbox_standins as standins

_NO_PEM = (
    'Unable to load PEM file. See https://cryptography.io/en/latest/faq/#why-can-t-i-import-my-pem-file '
    'for more details. MalformedFraming'
)


def _require_shape(data):
    """Of a signed object: what is signed, the algorithm and the bits of the signature.

    Raises ValueError for anything else; how the package words what it expected is not repeated in full.
    """
    try:
        parts = der.read(bytes(data))
        parts.sequence()
        parts.sequence()
        parts.bits()
        parts.end()
    except der.DerError as error:
        raise ValueError(f'error parsing asn1 value: ParseError {{ kind: {error} }}') from None


def load_der_x509_certificate(data, backend=None):
    _require_shape(data)
    raise standins.refuse('cryptography', 'x509.load_der_x509_certificate')


def load_pem_x509_certificate(data, backend=None):
    blocks = der.from_pem(bytes(data))
    if not blocks:
        raise ValueError(_NO_PEM)
    for label, content, _ in blocks:
        if label in ('CERTIFICATE', 'X509 CERTIFICATE'):
            _require_shape(content)
            raise standins.refuse('cryptography', 'x509.load_pem_x509_certificate')
    raise ValueError(
        'Valid PEM but no BEGIN CERTIFICATE/END CERTIFICATE delimiters. Are you sure this is a certificate?'
    )
