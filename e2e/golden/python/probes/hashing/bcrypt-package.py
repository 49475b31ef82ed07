# install: bcrypt==5.0.0
import bcrypt
print(bcrypt.__version__)


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


h=bcrypt.hashpw(b'a', b'$2b$04$abcdefghijklmnopqrstuu')
print(h)
for call in [
    lambda: bcrypt.gensalt(3),
    lambda: bcrypt.gensalt(32),
    lambda: bcrypt.gensalt(4,b'2y'),
    lambda: bcrypt.gensalt('x'),
    lambda: bcrypt.gensalt(70000),
    lambda: bcrypt.gensalt(-1),
    lambda: bcrypt.gensalt(12,'2b'),
    lambda: bcrypt.hashpw('a',b'x'),
    lambda: bcrypt.hashpw(b'a','x'),
    lambda: bcrypt.hashpw(b'a',b'x'),
    lambda: bcrypt.hashpw(b'a',b'$2b$04$abc'),
    lambda: bcrypt.hashpw(b'a',b'$2b$03$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2b$32$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2x$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2y$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2a$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2b$04$abcdefghijklmnopqrstu!'),
    lambda: bcrypt.hashpw(b'a',b'$2b$04$abcdefghijklmnopqrstuv'),
    lambda: bcrypt.hashpw(b'a\0b',b'$2b$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a'*73,b'$2b$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a'*72,b'$2b$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'',b'$2b$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.checkpw(b'a',h),
    lambda: bcrypt.checkpw(b'b',h),
    lambda: bcrypt.checkpw('b',h),
    lambda: bcrypt.checkpw(b'b','x'),
    lambda: bcrypt.checkpw(b'b',b''),
    lambda: bcrypt.checkpw(b'a',h[:-1]),
    lambda: bcrypt.checkpw(b'a',h+b'x'),
    lambda: bcrypt.hashpw(bytearray(b'a'),h),
    lambda: bcrypt.hashpw(memoryview(b'a'),h),
    lambda: bcrypt.hashpw(None,h),
    lambda: bcrypt.checkpw(None,h),
    lambda: bcrypt.checkpw(b'a',None),
    lambda: bcrypt.kdf(b'',b's',8,50),
    lambda: bcrypt.kdf(b'p',b's',0,50),
    lambda: bcrypt.kdf(b'p',b's',8,0),
    lambda: bcrypt.hashpw(),
    lambda: bcrypt.hashpw(b'a', h, 1),
    lambda: bcrypt.hashpw(b'a',b'$2b$4$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2b$xx$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'2b$04$abcdefghijklmnopqrstuu'),
    lambda: bcrypt.hashpw(b'a',b'$2b$04$abcdefghijklmnopqrstuu$x'),
    lambda: bcrypt.hashpw(b'a',b'$3b$04$abcdefghijklmnopqrstuu'),
    lambda: len(bcrypt.gensalt()),
    lambda: bcrypt.gensalt()[:7],
    lambda: bcrypt.hashpw.__module__,
]:
    show(call)
