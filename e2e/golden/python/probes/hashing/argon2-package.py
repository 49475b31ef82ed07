# install: argon2-cffi==25.1.0 argon2-cffi-bindings==26.2.0 cffi==2.1.1 passlib==1.7.4


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


from argon2.low_level import *
from argon2 import PasswordHasher, low_level
for call in [
    lambda: hash_secret(b'a',b's'*8,1,8,1,16,Type.ID),
    lambda: hash_secret(b'a',b's',1,8,1,16,Type.ID),
    lambda: hash_secret(b'a',b's'*8,0,8,1,16,Type.ID),
    lambda: hash_secret(b'a',b's'*8,1,4,1,16,Type.ID),
    lambda: hash_secret(b'a',b's'*8,1,8,0,16,Type.ID),
    lambda: hash_secret(b'a',b's'*8,1,8,1,3,Type.ID),
    lambda: hash_secret(b'a',b's'*8,1,15,2,16,Type.ID),
    lambda: hash_secret(b'a',b's'*8,1,16,2,16,Type.D,16),
    lambda: hash_secret('a',b's'*8,1,16,2,16,Type.D,16),
    lambda: hash_secret(b'',b's'*8,1,16,2,16,Type.I),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.I),
    lambda: verify_secret(b'x',b'a',Type.I),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=0,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nzc3Nzc3M=$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nz$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=01,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'a',Type.ID),
    lambda: hash_secret_raw(b'a',b's'*8,1,8,1,16,Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'b',Type.ID),
    lambda: verify_secret(b'$argon2id$v=18$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A',b'b',Type.ID),
    lambda: verify_secret(b'$argon2id$v=19$m=8,t=1,p=1$c3Nzc3Nzc3M$Gr4yRdVXNwWRWd9IYvgA7A$',b'a',Type.ID),
]:
    show(call)
p=PasswordHasher()
hh=p.hash('secret')
print(hh[:30], len(hh), p.verify(hh,'secret'), p.check_needs_rehash(hh))
from passlib.hash import argon2 as pa, pbkdf2_sha256, sha512_crypt
x=pa.using(rounds=1,memory_cost=64).hash('pw')
print(x[:20], pa.verify('pw',x), pa.verify('no',x))
print(pbkdf2_sha256.using(salt=b'saltsalt',rounds=1000).hash('x'))
print(sha512_crypt.using(salt='saltsalt',rounds=1000).hash('x'))
