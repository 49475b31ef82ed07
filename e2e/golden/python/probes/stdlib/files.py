import errno
import fileinput
import filecmp
import glob
import io
import os
import pathlib
import shutil
import stat
import sys
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath

base = Path('tree')
(base / 'a' / 'b').mkdir(parents=True)
(base / 'a' / 'x.txt').write_text('één\ntwee\n', encoding='utf-8')
(base / 'a' / 'b' / 'y.py').write_bytes(b'print(1)\r\n')
(base / 'Link').symlink_to('a/x.txt')
print(sorted(str(path) for path in base.rglob('*')), sorted(map(str, base.glob('**/*.py'))), (base / 'a/x.txt').read_text().split(), (base / 'Link').resolve().name, os.readlink(base / 'Link'))
print(PurePosixPath('/a/../b//c.tar.gz'), PurePosixPath('a/b.tar.gz').suffixes, PurePosixPath('a/b').with_suffix('.x'), PurePosixPath('/a/b/c').relative_to('/a'), PureWindowsPath('C:\\a\\b').parts, PurePosixPath('a').joinpath('/b'), PurePosixPath('a/b/c').parents[1], PurePosixPath('a/b').match('*/b'), PurePosixPath('/a/b').relative_to('/a/c', walk_up=True))
for call in [lambda: open('none'), lambda: os.mkdir('tree'), lambda: os.rmdir('tree'), lambda: os.listdir('none'), lambda: open('tree'), lambda: os.remove('tree'), lambda: open('tree/a/x.txt/z'), lambda: Path('none').unlink(), lambda: open('x', 'q'), lambda: open('tree/a/x.txt', 'rb', encoding='utf-8'), lambda: os.rename('none', 'b'), lambda: shutil.copy('none', 'b'), lambda: shutil.rmtree('none'), lambda: open('tree/a/x.txt').write('x'), lambda: open('a\0b'), lambda: os.symlink('x', 'tree'), lambda: os.open('none', os.O_RDONLY), lambda: os.read(99, 1), lambda: os.chdir('tree/a/x.txt'), lambda: open('tree/a/x.txt', 'x'), lambda: Path('tree/none').stat(), lambda: os.makedirs('tree/a'), lambda: PurePosixPath('/a').relative_to('/b'), lambda: open(b'none\xff'), lambda: os.scandir('none'), lambda: shutil.copytree('tree', 'tree'), lambda: os.close(99)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, 'errno', None) and errno.errorcode[error.errno])
with open('f.txt', 'w+', newline='') as file:
    print(file.write('a\r\nb\nc'), file.tell(), file.seek(0), file.readlines(), file.seekable(), file.name, file.mode, file.encoding, file.newlines, file.line_buffering)
    file.truncate(2)
with open('f.txt', 'rb') as file:
    print(file.read(), file.closed, file.fileno() > 2, type(file).__name__, type(file.raw).__name__)
try:
    file.read()
except ValueError as error:
    print(error)
with open('f.txt', 'a', encoding='utf-16') as file:
    file.write('é')
print(Path('f.txt').read_bytes(), os.path.getsize('f.txt'))
try:
    open('f.txt', encoding='utf-8').read()
except UnicodeDecodeError as error:
    print(error)
print(oct(os.stat('f.txt').st_mode), stat.filemode(os.stat('tree').st_mode), os.access('f.txt', os.X_OK), os.path.isfile('tree/Link'), os.path.islink('tree/Link'), os.lstat('tree/Link').st_size)
os.chmod('f.txt', 0o640)
os.utime('f.txt', (1000, 2000.5))
found = os.stat('f.txt')
print(oct(found.st_mode), found.st_atime, found.st_mtime, found.st_mtime_ns, found.st_nlink, found.st_size)
os.link('f.txt', 'g.txt')
print(os.stat('f.txt').st_nlink, os.path.samefile('f.txt', 'g.txt'), filecmp.cmp('f.txt', 'g.txt'))
os.replace('g.txt', 'h.txt')
shutil.copytree('tree', 'copy', symlinks=True, ignore=shutil.ignore_patterns('*.py'))
print(sorted((root, sorted(folders), sorted(files)) for root, folders, files in os.walk('copy')), sorted(glob.glob('**/*.txt', recursive=True)), sorted(glob.glob('[fh].txt')), glob.glob('none*'))
print(shutil.make_archive('packed', 'zip', 'tree'), shutil.disk_usage('.').total > 0, shutil.which('sh') is not None, shutil.which('no-such-program'))
shutil.move('copy', 'moved')
shutil.rmtree('moved')
print(os.path.exists('moved'), sorted(os.listdir('.')))
with tempfile.TemporaryDirectory() as folder:
    print(os.path.isdir(folder), os.path.dirname(folder) == tempfile.gettempdir())
    with tempfile.NamedTemporaryFile('w+', dir=folder, suffix='.txt') as file:
        print(file.write('x'), file.name.endswith('.txt'), os.path.exists(file.name))
    print(os.listdir(folder))
print(os.path.exists(folder))
with tempfile.SpooledTemporaryFile(max_size=4) as file:
    file.write(b'12345')
    file.seek(1)
    print(file.read())
handle, name = tempfile.mkstemp()
print(os.write(handle, b'abc'), os.lseek(handle, 0, os.SEEK_SET), os.read(handle, 2), os.fstat(handle).st_size, oct(os.fstat(handle).st_mode))
os.close(handle)
os.remove(name)
print(os.path.normpath('a/../b//./c'), os.path.join('a', '/b'), os.path.splitext('.bashrc'), os.path.commonpath(['/a/b', '/a/c']), os.path.relpath('/a/b', '/a/c'), os.path.expanduser('~') == os.environ.get('HOME'), os.path.expandvars('$NONE/x'), os.path.basename('a/b/'), os.fspath(Path('x')), os.sep, os.linesep, os.curdir)
buffer = io.BytesIO(b'line 1\nline 2')
print(buffer.readline(), buffer.getvalue(), buffer.getbuffer()[0], io.TextIOWrapper(io.BytesIO(b'a\r\nb'), newline=None).read(), io.StringIO('a\nb').readlines(), io.BufferedReader(io.BytesIO(b'abc')).peek(2))
with fileinput.input(['h.txt'], mode='rb') as lines:
    print(list(lines))
print(os.umask(0o022) >= 0, os.getcwd() == str(Path.cwd()), Path('x').absolute().parent == Path.cwd(), os.get_terminal_size.__name__, os.cpu_count() is not None, os.name, sys.platform, os.uname().sysname, os.getuid() >= 0, os.path.realpath('tree/Link').endswith('tree/a/x.txt'))
with os.scandir('tree') as entries:
    print(sorted((entry.name, entry.is_dir(), entry.is_symlink(), entry.is_file(follow_symlinks=False)) for entry in entries))
