import hashlib
import threading
import time

print(hashlib.pbkdf2_hmac('sha256', b'password', b'salt', 1).hex())
for name in ('md5', 'sha1', 'SHA224', 'sha256', 'SHA-384', 'sha512', 'sha3_256', 'sha512_256', 'blake2s', 'blake2b', 'ripemd160', 'sm3', 'shake_128', 'nope'):
    try:
        print(name, hashlib.pbkdf2_hmac(name, b'password', b'salt', 7, 50).hex())
    except Exception as error:
        print(name, type(error).__name__, error)
print(hashlib.pbkdf2_hmac('sha256', b'', b'', 600000).hex())
print(hashlib.scrypt(b'password', salt=b'NaCl', n=1024, r=8, p=16, maxmem=64 * 1024 * 1024).hex())
print(hashlib.scrypt(b'', salt=b'', n=16, r=1, p=1, dklen=16).hex())
print(hashlib.scrypt(b'pw', salt=b'salt', n=32768, r=8, p=1, maxmem=132 * 32768 * 8).hex())
for call in (
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 0),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', -1),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 1, 0),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 1, -1),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 2**40),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 1, 2**40),
    lambda: hashlib.pbkdf2_hmac('sha256', 'p', b's', 1),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', 's', 1),
    lambda: hashlib.pbkdf2_hmac(5, b'p', b's', 1),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 'x'),
    lambda: hashlib.pbkdf2_hmac('sha256', b'p', b's', 1.5),
    lambda: hashlib.pbkdf2_hmac(hash_name='sha1', password=bytearray(b'p'), salt=memoryview(b's'), iterations=1, dklen=4).hex(),
    lambda: hashlib.scrypt(b'p'),
    lambda: hashlib.scrypt(b'p', salt=b's'),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8),
    lambda: hashlib.scrypt('p', salt=b's', n=2, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt='s', n=2, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=3, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=1, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=0, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=-2, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=0, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=-1, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=0),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=2**15, p=2**16),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2**15, r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1, maxmem=-1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1, maxmem=10),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1, dklen=0),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1, dklen=-1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1, dklen=2**31),
    lambda: hashlib.scrypt(b'p', salt=b's', n='2', r=8, p=1),
    lambda: hashlib.scrypt(b'p', salt=b's', n=2.0, r=8, p=1),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

ticks = []
stop = threading.Event()


def tick():
    while not stop.is_set():
        ticks.append(1)
        time.sleep(0.005)


thread = threading.Thread(target=tick)
thread.start()
hashlib.pbkdf2_hmac('sha256', b'p', b's', 600000)
stop.set()
thread.join()
print('others ran meanwhile', len(ticks) > 2)
results = {}
threads = [threading.Thread(target=lambda i=i: results.update({i: hashlib.pbkdf2_hmac('sha1', b'p', bytes([i]), 20000).hex()[:8]})) for i in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))
