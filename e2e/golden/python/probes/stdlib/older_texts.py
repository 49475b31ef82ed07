import os, functools, json, argparse, asyncio, gzip, fnmatch, sys, tempfile, locale, pathlib, io, contextlib
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
for s in ('[1,]', '{"a": 1,}', '[1 , ]', '{"a": [1, \n]}', '[1, 2', '{,}', '{"a" 1}'): t(lambda: json.loads(s))
@functools.singledispatch
def kind(x): return 'other'
@kind.register
def _(x: int): return 'int'
@kind.register
def _(x: str | bytes) -> str: return 'text'
@kind.register(list)
def _(x): return 'list'
t(lambda: [kind(1), kind('a'), kind(b''), kind([]), kind(1.0), kind.registry.keys()])
def bad(x: list[int]): ...
def none(x): ...
def unions(x: int | list[int]): ...
for f in (bad, none, unions): 
    try: kind.register(f)
    except TypeError as e: print(str(e).split(' at 0x')[0], str(e)[-60:])
class A:
    @functools.singledispatchmethod
    def m(self, x): return 'o'
    @m.register
    def _(self, x: int): return 'i'
    @functools.singledispatchmethod
    @classmethod
    def c(cls, x): return 'o'
    @c.register
    @classmethod
    def _(cls, x: int): return 'ci'
t(lambda: [A().m(1), A().m('a'), A.c(1), A.c('s')])
t(lambda: asyncio.run(5))
class W:
    def __await__(self): yield
t(lambda: asyncio.run(W()))
async def x():
    t(lambda: asyncio.run(5))
asyncio.run(x())
def arg(*a, **k):
    p = argparse.ArgumentParser(**k)
    p.add_argument('--kind', '-k', choices=['a', 'b'], help='which')
    p.add_argument('--level', type=int, default=3, metavar='N', help='how (default: %(default)s)')
    p.add_argument('file', nargs='?')
    p.add_argument('-v', '--verbose', action='store_true')
    e = io.StringIO()
    with contextlib.redirect_stderr(e), contextlib.redirect_stdout(e):
        try: print(p.parse_args(list(a)))
        except SystemExit as s: print('exit', s.code)
    print(e.getvalue())
arg('--kind', 'c'); arg('--help'); arg('--level', 'x'); arg('--nope'); arg('f', 'g'); arg('-v', prog='tool')
t(lambda: gzip.compress(b'abc', mtime=0).hex())
t(lambda: gzip.decompress(gzip.compress(b'abc')))
t(lambda: fnmatch.translate('*.py'))
t(lambda: fnmatch.fnmatch('a.py', '*.py'))
os.chdir(tempfile.mkdtemp())
open('a', 'w').write('1'); os.mkdir('d'); os.link('a', 'b')
t(lambda: [oct(os.stat(p).st_mode) for p in 'abd'] + [os.stat('a').st_nlink, os.path.samefile('a', 'b')])
t(lambda: os.link('a', 'b')); t(lambda: os.link('zz', 'c')); t(lambda: os.link('d', 'c')); t(lambda: os.link('a', 'no/c'))
t(lambda: [os.access(p, m) for p in ('a', 'd', 'zz') for m in (os.R_OK, os.W_OK, os.X_OK, os.F_OK)])
t(lambda: [oct(os.umask(0o077)), oct(os.umask(0o077))])
open('p', 'w').close(); os.mkdir('q'); os.makedirs('r/s'); pathlib.Path('t').touch(); os.close(os.open('u', os.O_CREAT | os.O_WRONLY, 0o755)); pathlib.Path('t2').touch(0o640)
t(lambda: [oct(os.stat(p).st_mode) for p in ('p', 'q', 'r/s', 't', 'u', 't2', tempfile.mkdtemp(), tempfile.mkstemp()[1])])
os.umask(0o022)
os.chmod('p', 0o777); t(lambda: [oct(os.stat('p').st_mode), os.access('p', os.X_OK)])
pathlib.Path('h').hardlink_to('a'); os.unlink('a'); t(lambda: [open('h').read(), os.stat('h').st_nlink])
t(lambda: locale.getlocale()); t(lambda: locale.setlocale(locale.LC_CTYPE)); t(lambda: locale.getpreferredencoding()); t(lambda: sys.getfilesystemencoding())
t(lambda: locale.setlocale(locale.LC_CTYPE, '')); t(lambda: locale.setlocale(locale.LC_NUMERIC)); t(lambda: locale.format_string('%.2f', 1234.5, grouping=True)); t(lambda: locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8'))
t(lambda: locale.setlocale(locale.LC_ALL, '') and 1)
t(lambda: locale.setlocale(locale.LC_ALL, 'en_US.UTF-8')); t(lambda: locale.setlocale(locale.LC_ALL, 'C'))
t(lambda: locale.getlocale(locale.LC_TIME))
t(lambda: locale.currency(12)); t(lambda: locale.setlocale(99, 'C'))
