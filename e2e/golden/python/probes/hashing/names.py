import hashlib
import hmac

print(sorted(hashlib.algorithms_available))
print(sorted(hashlib.algorithms_guaranteed))
for name in sorted(hashlib.algorithms_available):
    h = hashlib.new(name, b'abc', usedforsecurity=False)
    digest = h.hexdigest(16) if name.startswith('shake') else h.hexdigest()
    print(name, h.name, h.digest_size, h.block_size, digest)
for name in ('SHA256', 'sha-256', 'SHA2-256', 'Sha1', 'SHA3-256', 'sha3_512', 'SHA512-256', 'sha512/256', 'MD5', 'blake2b512',
             'blake2s256', 'BLAKE2b', 'RSA-SHA256', 'ripemd', 'rmd160', 'shake128', 'SHAKE-256', 'sha384 ', '', 'whirlpool', 'md4'):
    try:
        h = hashlib.new(name, b'abc')
        print(repr(name), h.name, h.digest_size, h.block_size)
    except Exception as error:
        print(repr(name), type(error).__name__, error)
for call in (
    lambda: hashlib.new(5),
    lambda: hashlib.new('sha256', 'text'),
    lambda: hashlib.sha256('text'),
    lambda: hashlib.sha256(5),
    lambda: hashlib.sha256(b'').update('text'),
    lambda: hashlib.new('sha512_256').update('text'),
    lambda: hashlib.new('sha512_256').update(5),
    lambda: hashlib.new('ripemd160').update(),
    lambda: hashlib.shake_128(b'').digest(),
    lambda: hashlib.blake2b(key=bytes(65)),
    lambda: hmac.new('key', b'm', 'sha256'),
    lambda: hmac.new(b'key', 'm', 'sha256'),
    lambda: hmac.new(b'key', b'm', 'nope'),
    lambda: hmac.digest(b'key', b'm', 'nope'),
    lambda: hmac.compare_digest('a', b'a'),
    lambda: hmac.compare_digest('ä', 'ä'),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
a = hashlib.new('sha512_256', b'a')
b = a.copy()
b.update(memoryview(b'bc'))
a.update(bytearray(b'bc'))
print(a.hexdigest() == b.hexdigest() == hashlib.new('sha512_256', b'abc').hexdigest(), a.digest()[:4])
for name in ('sha1', 'sha256', 'sha512', 'sha3_256', 'md5', 'sha512_256', 'ripemd160', 'blake2b', 'sm3'):
    print(name, hmac.new(b'key', b'message', name).hexdigest()[:32], hmac.digest(b'key', b'message', name).hex()[:32],
          hmac.new(b'k' * 200, b'message', lambda d=b'': hashlib.new(name, d)).hexdigest()[:32])
h = hmac.new(b'key', digestmod=hashlib.sha256)
h.update(b'mess')
c = h.copy()
c.update(b'age')
print(h.name, h.digest_size, h.block_size, h.hexdigest()[:16], c.hexdigest()[:16])
print(hmac.compare_digest(b'a', b'a'), hmac.compare_digest('a', 'b'), hmac.compare_digest(b'a', bytearray(b'a')))
