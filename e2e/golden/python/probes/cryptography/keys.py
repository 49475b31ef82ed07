# install: cryptography==50.0.2 cffi==2.1.1
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, ed448, padding, rsa, utils, x25519

PEM = b"""-----BEGIN RSA PRIVATE KEY-----
MIIEowIBAAKCAQEAsvBzjXKVvb5vNVr+QaLYMGCGTrt3OgC4pnvbC5K+PdQ312YC
kfIemTz50A97z9kL14+tN4SILOCzv8hZ5CXVSPOnMOg/PvPXlCbxLUxNNc+R8pz+
eAG1WxtJ1bI4N20JW5FlR+qYpXwLa2XfEnduooajRlZsUoiCJapyynf/eOCu3Zfg
sP1E99HLvA/6HPDrbGflXrcKZRNj/07do0vSHdpkRLgQFaTRzMpgdJjqVBGHOJ6E
WftVMy5gz5B0aHyWqTkateNxnlADB+jeNNoYQcClVSG4n/EPvsFcoNHIFW6mehAD
LXRrU2/31O3Z6Pgx84HjxIXlep4B+EJccXc0/wIDAQABAoIBACDDTOz/p3Ir7ZG/
3ODor5u/+KduxKg+nJCDCfrG/gU1F5pdR6gwRDD7jKPvSdSnIXdxC56oKgTJia/a
P7c5xCEM17ZpN7dPj0/Fh5ArMdHh9Q+OdjtD2NBbITw62vcvBDEbYId36UYXfcHG
z77CVmP0se19gmzkKKw71rPCn+iiMIK3LaRmMfZVxw2vEbjvu0cPVhDUWwxIg4eT
A+R40Iv9bECnmpJbn6R65Lr8mIRJzwLow77voS6ttvBceZxSPt77PyssaF03MvfQ
jzE6me2NFMyXSjWk8OLG8UgX/5p9NV9qSnZpuRGheI3pzi/Jz3tXRmAZyKCyDldw
gIgo29kCgYEA3oUpL5yuA+jydssWk07FBNm3YWFzoNcQQ7XUONqQy5RR2Yglgcq+
MnAz4krBLqxY35V9JBMJi1959sliDvJ9j+AX2xkpSoC1W49R5GfxSnpoAwO8KCJf
D2GFyDZKMZNSB0Aul6rPDttecIXGJneYdZ4Y7pUgat6+WSub+pZZ0vkCgYEAzdyt
4ETb7J3ZZzx5MhEpdA4raJ/oDRbZPYjMT9IicVnnxdHxF/aQAWwWHs1R5Ii0f7oX
PTBPwKAWuvxkAoRjonTmXOJsp8pV1jQQSu2mskaP3x3nmcsrm3AguriQcrWuPd1f
Ms9vPJaQnNEKcxjLWbPJgEwu/IjkmPK8H1fQzbcCgYBfygr0yAnQ/RKDOOG7AAmo
EOD0NrND5dDGlRuKbewu9uZVMlqTCOffZpWvMGcA5IhNl1iLkvZk3PDv37kqnhCX
QuyCEM7Jl6Z6h7PFE0m3ugHUamMxE7rAMEca7OP7e2OwY1yrRYhk6OI6phuqq4kh
+LDa469U0hY25KL8uIRqYQKBgGWvf+Orn8Z9IgowgN0ORR+icCa59fGhO6V9kQ5M
id7bvfSlAyYHEJLjRPnqCW2NaTs+PIRo/Lv1V8T9Lplfs6dnfvKalXk8JLIt/W5F
fXXKDP700pXRGbUp6cDRseg3fd3pH0EF3bhb1wre5v57XNbuS7Yn632qUOCL5gjF
Y8p5AoGBAIeheyVfA1mwMbU3yHRhEiRae7QFShVoVVEWKIobCW1JQLNtwzepNWZ4
n2IrNlNIROliSkgaqdSRLCi44qitqnYNiwcgt9x0Q6h8hNdc1n4drX0Q/KYkSJeV
N+57NVAocYijte6jyiTp44YFtUya94v/zcW/JbNXXHB0EJ5m3l1Y
-----END RSA PRIVATE KEY-----
"""


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, '|', error)


k = s.load_pem_private_key(PEM, None)
pub = k.public_key()
e = ec.derive_private_key(0x1234567890ABCDEF, ec.SECP256R1())
d = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
x = x25519.X25519PrivateKey.from_private_bytes(bytes(range(32)))
sha = hashes.SHA256()
print(k.key_size, pub.public_numbers().e, k.private_numbers().public_numbers == pub.public_numbers(), isinstance(k, rsa.RSAPrivateKey))
print(k.sign(b'message', padding.PKCS1v15(), sha).hex())
print(k.sign(bytes(32), padding.PKCS1v15(), utils.Prehashed(sha)).hex()[:40])
for pad in (padding.PSS(padding.MGF1(sha), 32), padding.PSS(padding.MGF1(sha), padding.PSS.MAX_LENGTH), padding.PSS(padding.MGF1(hashes.SHA1()), padding.PSS.DIGEST_LENGTH)):
    for algorithm in (hashes.SHA256(), hashes.SHA512()):
        signature = k.sign(b'message', pad, algorithm)
        show(lambda: pub.verify(signature, b'message', pad, algorithm))
        show(lambda: pub.verify(signature, b'massage', pad, algorithm))
        show(lambda: pub.verify(signature, b'message', padding.PSS(pad._mgf, padding.PSS.AUTO), algorithm))
for pad in (padding.PKCS1v15(), padding.OAEP(padding.MGF1(sha), sha, None), padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), b'label')):
    print(k.decrypt(pub.encrypt(b'secret', pad), pad))
for private in (k, e, d, x):
    for encoding in (s.Encoding.PEM, s.Encoding.DER, s.Encoding.Raw):
        for form in (s.PrivateFormat.PKCS8, s.PrivateFormat.TraditionalOpenSSL, s.PrivateFormat.Raw):
            show(lambda: private.private_bytes(encoding, form, s.NoEncryption()))
    for encoding in (s.Encoding.PEM, s.Encoding.DER, s.Encoding.Raw, s.Encoding.X962, s.Encoding.OpenSSH):
        for form in (s.PublicFormat.SubjectPublicKeyInfo, s.PublicFormat.PKCS1, s.PublicFormat.Raw, s.PublicFormat.CompressedPoint, s.PublicFormat.UncompressedPoint, s.PublicFormat.OpenSSH):
            show(lambda: private.public_key().public_bytes(encoding, form))
    locked = private.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b'pw'))
    print(locked[:37], s.load_pem_private_key(locked, b'pw').public_key() == private.public_key())
    show(lambda: s.load_pem_private_key(locked, None))
    show(lambda: s.load_pem_private_key(locked, b'no'))
    again = private.private_bytes(s.Encoding.DER, s.PrivateFormat.PKCS8, s.NoEncryption())
    print(s.load_der_private_key(again, None).public_key() == private.public_key(), type(private).__name__, type(private.public_key()).__name__)
    print(s.load_pem_public_key(private.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)) == private.public_key())
for curve in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1(), ec.SECP256K1(), ec.SECP224R1()):
    a, b = ec.derive_private_key(5, curve), ec.generate_private_key(curve)
    print(curve.name, curve.key_size, a.key_size, a.public_key().public_numbers())
    for algorithm in (hashes.SHA256(), hashes.SHA512()):
        signature = b.sign(b'message', ec.ECDSA(algorithm))
        r, t = utils.decode_dss_signature(signature)
        print(utils.encode_dss_signature(r, t) == signature, b.public_key().verify(signature, b'message', ec.ECDSA(algorithm)))
        show(lambda: a.public_key().verify(signature, b'message', ec.ECDSA(algorithm)))
    print(a.exchange(ec.ECDH(), b.public_key()) == b.exchange(ec.ECDH(), a.public_key()))
    point = a.public_key().public_bytes(s.Encoding.X962, s.PublicFormat.CompressedPoint)
    print(ec.EllipticCurvePublicKey.from_encoded_point(curve, point).public_numbers() == a.public_key().public_numbers())
print(d.sign(b'message').hex(), d.public_key().verify(d.sign(b'message'), b'message'))
y = x25519.X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
print(x.exchange(y.public_key()).hex(), x.exchange(y.public_key()) == y.exchange(x.public_key()))
g = ed448.Ed448PrivateKey.from_private_bytes(bytes(range(57)))
print(g.sign(b'm').hex()[:40], g.public_key().verify(g.sign(b'm'), b'm'))
fresh = rsa.generate_private_key(65537, 1024)
print(fresh.key_size, fresh.public_key().verify(fresh.sign(b'x', padding.PKCS1v15(), sha), b'x', padding.PKCS1v15(), sha))
for call in (
    lambda: s.load_pem_private_key(b'x', None), lambda: s.load_pem_private_key(PEM, b'no'), lambda: s.load_pem_private_key('x', None),
    lambda: s.load_pem_public_key(b''), lambda: s.load_pem_public_key(PEM),
    lambda: s.load_pem_private_key(pub.public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo), None),
    lambda: pub.verify(b'x', b'', padding.PKCS1v15(), sha), lambda: k.sign(b'x', padding.PKCS1v15(), None),
    lambda: k.sign(b'x', None, sha), lambda: k.sign('x', padding.PKCS1v15(), sha), lambda: pub.encrypt(b'x' * 300, padding.PKCS1v15()),
    lambda: k.decrypt(b'x', padding.PKCS1v15()), lambda: k.decrypt(b'x' * 256, padding.OAEP(padding.MGF1(sha), sha, None)),
    lambda: rsa.generate_private_key(3, 512), lambda: rsa.generate_private_key(4, 2048), lambda: e.sign(b'x', None),
    lambda: e.public_key().verify(b'x', b'', ec.ECDSA(sha)), lambda: d.public_key().verify(b'x', b''),
    lambda: ed25519.Ed25519PublicKey.from_public_bytes(b'x'), lambda: ed25519.Ed25519PrivateKey.from_private_bytes(b'x'),
    lambda: x25519.X25519PublicKey.from_public_bytes(b'x'),
    lambda: ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b'\x04' + bytes(64)),
    lambda: ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b''),
    lambda: ec.EllipticCurvePublicNumbers(1, 2, ec.SECP256R1()).public_key(), lambda: ec.derive_private_key(0, ec.SECP256R1()),
    lambda: k.private_bytes(1, 2, 3), lambda: e.exchange(ec.ECDH(), ec.generate_private_key(ec.SECP384R1()).public_key()),
    lambda: rsa.RSAPublicNumbers(3, 3), lambda: repr(rsa.RSAPublicNumbers(65537, 3 * 2**600 + 1)), lambda: type(k), lambda: pub == k.public_key(),
):
    show(call)
