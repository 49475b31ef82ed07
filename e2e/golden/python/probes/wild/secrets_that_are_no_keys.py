# install: pyjwt==2.15.1 cryptography==50.0.2
"""PyJWT asks of every secret whether it is a key or a certificate by mistake."""
import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key

SECRETS = [
    'k' * 40,
    'a secret with spaces and $dollar signs in it',
    '0123456789012345678901234567890123456789',
    '0' + 'x' * 48,
    b'0\x82\x00\x04abcd' + b'y' * 40,
    b'\x30\x03\x02\x01\x05' + b'z' * 40,
    '-----BEGIN NOTHING----- and so on, long enough for a key',
]
for secret in SECRETS:
    token = jwt.encode({'sub': '1'}, secret, algorithm='HS256')
    print(token, jwt.decode(token, secret, algorithms=['HS256']))

for text in ('-----BEGIN PUBLIC KEY-----\nZm9v\n-----END PUBLIC KEY-----\n', 'ssh-rsa AAAA' + 'b' * 40):
    try:
        print(jwt.encode({'sub': '1'}, text, algorithm='HS256'))
    except jwt.InvalidKeyError as error:
        print(type(error).__name__, error)

DATA = [b'', b'secret', b'k' * 40, b'\x30\x03\x02\x01\x05']
DATA += [b'-----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----\n']
for load in (x509.load_der_x509_certificate, x509.load_pem_x509_certificate, load_der_public_key):
    for data in DATA:
        try:
            load(data)
        except ValueError as error:
            print(load.__name__, data[:8], 'ValueError', str(error)[:20])
