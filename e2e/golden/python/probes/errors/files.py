import errno
import os
import shutil


def show(label, action):
    try:
        print(label, 'ok', action())
    except OSError as error:
        print(label, type(error).__name__, error.errno, errno.errorcode.get(error.errno), error.strerror, '|', error, '|', error.args)


os.mkdir('folder')
with open('file', 'w') as file:
    file.write('text')
os.mkdir('full')
with open('full/one', 'w'):
    pass
show('open missing', lambda: open('missing'))
show('open folder', lambda: open('folder'))
show('write folder', lambda: open('folder', 'w'))
show('below file', lambda: open('file/x'))
show('exclusive', lambda: open('file', 'x'))
show('mkdir', lambda: os.mkdir('folder'))
show('mkdir deep', lambda: os.mkdir('a/b'))
show('rmdir full', lambda: os.rmdir('full'))
show('rmdir file', lambda: os.rmdir('file'))
show('unlink missing', lambda: os.unlink('missing'))
show('unlink folder', lambda: os.unlink('folder'))
show('listdir', lambda: os.listdir('file'))
show('rename', lambda: os.rename('missing', 'other'))
show('stat', lambda: os.stat('missing'))
show('chdir', lambda: os.chdir('file'))
show('readlink', lambda: os.readlink('file'))
show('bad fd', lambda: os.read(99, 1))
show('close bad', lambda: os.close(99))
show('fstat bad', lambda: os.fstat(99))
show('symlink', lambda: os.symlink('x', 'file'))
os.symlink('loop', 'loop')
show('loop', lambda: open('loop'))
show('copy', lambda: shutil.copy('missing', 'x'))
show('rmtree', lambda: shutil.rmtree('missing'))
show('truncate', lambda: os.truncate('missing', 3))
show('lseek', lambda: os.lseek(os.open('file', os.O_RDONLY), -5, os.SEEK_SET))
show('write to reader', lambda: os.write(os.open('file', os.O_RDONLY), b'x'))
show('replace', lambda: os.replace('folder', 'file'))
show('long', lambda: open('x' * 300))
