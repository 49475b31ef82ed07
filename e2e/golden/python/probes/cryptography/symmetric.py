# install: cryptography==50.0.2 cffi==2.1.1
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import constant_time, hashes, hmac, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, '|', error)


key = b'A' * 43 + b'='
f = Fernet(key)
token = f._encrypt_from_parts(b'secret', 1700000000, bytes(16))
print(token, f.decrypt(token), f.extract_timestamp(token))
print(f.decrypt(f.encrypt(b'other')), len(Fernet.generate_key()))
show(lambda: f.decrypt(token, ttl=1))
show(lambda: f.decrypt(token[:-4] + b'AAA='))
show(lambda: f.decrypt('nonsense'))
show(lambda: f.decrypt(5))
show(lambda: Fernet(b'x'))
show(lambda: f.encrypt('text'))
both = MultiFernet([Fernet(b'B' * 43 + b'='), f])
print(both.decrypt(token), both.decrypt(both.rotate(token)))
for name in ('MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA512_256', 'SHA3_256', 'SM3'):
    algorithm = getattr(hashes, name)()
    h = hashes.Hash(algorithm)
    h.update(b'ab')
    c = h.copy()
    c.update(b'c')
    h.update(bytearray(b'c'))
    m = hmac.HMAC(b'key', algorithm)
    m.update(b'message')
    print(name, algorithm.digest_size, h.finalize() == c.finalize(), m.finalize().hex()[:20])
for algorithm in (hashes.BLAKE2b(64), hashes.BLAKE2s(32), hashes.SHAKE128(20)):
    h = hashes.Hash(algorithm)
    h.update(b'abc')
    print(algorithm.name, h.finalize().hex())
    show(lambda: h.update(b''))
    show(h.finalize)
m = hmac.HMAC(b'key', hashes.SHA256())
show(lambda: m.verify(b'x'))
show(lambda: hashes.Hash('sha256'))
show(lambda: hmac.HMAC('key', hashes.SHA256()))
data = bytes(range(64))
for mode in (modes.CBC(bytes(16)), modes.CTR(bytes(15) + b'\xff'), modes.ECB()):
    for size in (16, 24, 32):
        cipher = Cipher(algorithms.AES(bytes(range(size))), mode)
        enc = cipher.encryptor()
        out = enc.update(data[:10]) + enc.update(data[10:]) + enc.finalize()
        dec = cipher.decryptor()
        print(mode.name, size, out.hex()[:64], dec.update(out) + dec.finalize() == data)
        show(lambda: enc.update(b''))
        part = cipher.encryptor()
        part.update(b'abc')
        show(part.finalize)
cipher = Cipher(algorithms.AES(bytes(16)), modes.GCM(bytes(12)))
enc = cipher.encryptor()
show(lambda: enc.tag)
enc.authenticate_additional_data(b'aad')
out = enc.update(data) + enc.finalize()
print(out.hex(), enc.tag.hex())
show(lambda: enc.authenticate_additional_data(b''))
dec = Cipher(algorithms.AES(bytes(16)), modes.GCM(bytes(12), enc.tag)).decryptor()
dec.authenticate_additional_data(b'aad')
print(dec.update(out) + dec.finalize() == data)
dec = Cipher(algorithms.AES(bytes(16)), modes.GCM(bytes(12))).decryptor()
dec.update(out)
show(lambda: dec.authenticate_additional_data(b''))
show(lambda: dec.finalize_with_tag(enc.tag))
show(lambda: cipher.decryptor().finalize())
chacha = Cipher(algorithms.ChaCha20(bytes(32), bytes(16)), None).encryptor()
print(chacha.update(data).hex())
for aead in (AESGCM(bytes(32)), ChaCha20Poly1305(bytes(32))):
    out = aead.encrypt(bytes(12), b'data', b'aad')
    print(out.hex(), aead.decrypt(bytes(12), out, b'aad'), aead.encrypt(bytes(12), b'', None).hex())
    show(lambda: aead.decrypt(bytes(12), out, b'add'))
    show(lambda: aead.decrypt(bytes(12), b'x', None))
    show(lambda: aead.encrypt(bytes(1), b'', None))
    show(lambda: aead.encrypt(bytes(12), 'x', None))
show(lambda: AESGCM(b'x'))
show(lambda: ChaCha20Poly1305(b'x'))
show(lambda: AESGCM.generate_key(5))
show(lambda: algorithms.AES(b'x'))
show(lambda: Cipher(algorithms.AES(bytes(16)), modes.CBC(bytes(8))))
for kind in (padding.PKCS7, padding.ANSIX923):
    p = kind(128).padder()
    padded = p.update(b'abc' * 7) + p.finalize()
    u = kind(128).unpadder()
    print(padded, u.update(padded) + u.finalize())
    u = kind(128).unpadder()
    u.update(bytes(15) + b'\x11')
    show(u.finalize)
    u = kind(128).unpadder()
    u.update(b'abc')
    show(u.finalize)
    show(u.finalize)
for derivation in (
    lambda: PBKDF2HMAC(hashes.SHA256(), 32, b'salt', 1000), lambda: HKDF(hashes.SHA256(), 42, b'salt', b'info'), lambda: HKDF(hashes.SHA512(), 100, None, None),
    lambda: HKDFExpand(hashes.SHA256(), 42, b'info'), lambda: Scrypt(b'salt', 32, 1024, 8, 1), lambda: ConcatKDFHash(hashes.SHA256(), 50, b'info'),
    lambda: X963KDF(hashes.SHA256(), 50, b'info'),
):
    one, two = derivation(), derivation()
    out = one.derive(b'key material key material')
    print(type(one).__name__, out.hex(), two.verify(b'key material key material', out))
    show(lambda: one.derive(b'x'))
    show(lambda: derivation().verify(b'x', b'y'))
    show(lambda: derivation().derive('x'))
for call in (
    lambda: PBKDF2HMAC(hashes.SHA256(), 32, b's', 0), lambda: HKDF(hashes.SHA256(), 99999, None, None), lambda: Scrypt(b's', 32, 3, 8, 1),
    lambda: Scrypt(b's', 32, 2, 0, 1), lambda: Scrypt(b's', 32, 2, 8, 0), lambda: Scrypt(b's', 32, 1, 8, 1),
    lambda: constant_time.bytes_eq(b'a', b'a'), lambda: constant_time.bytes_eq('a', b'a'),
):
    show(call)
