import errno
import os
import pickle

for name in ('ENOENT', 'EEXIST', 'EACCES', 'EPERM', 'EAGAIN', 'EINTR', 'EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED',
             'ESRCH', 'ECHILD', 'ENOTDIR', 'EISDIR', 'ETIMEDOUT', 'EALREADY', 'EINPROGRESS', 'ESHUTDOWN', 'EINVAL', 'ENOSPC',
             'EBADF', 'ENOTEMPTY', 'EADDRINUSE', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'EWOULDBLOCK', 'EDEADLK', 'ENOTCONN'):
    number = getattr(errno, name)
    error = OSError(number, os.strerror(number))
    print(name, number, errno.errorcode[number], type(error), error, repr(error))
    again = OSError(number, 'own text', 'file name')
    print('  ', type(again).__name__, again, again.filename, again.args)
print(len(errno.errorcode), sorted(errno.errorcode) == sorted(set(errno.errorcode)))
print([name for name in sorted(vars(errno)) if name.startswith('E')])
for number in (0, 1, 41, 58, 133, 134, -1, 100000):
    print(number, os.strerror(number))
for args in ((), (2,), ('text',), (2, 'a'), (2, 'a', 'f'), (2, 'a', 'f', None, 'g'), (9999, 'odd'), ('2', 'text'), (None, 'x'), (2, 5)):
    error = OSError(*args)
    print(args, type(error).__name__, error, error.errno, error.strerror, error.filename, error.filename2)
try:
    open('missing')
except OSError as error:
    print(type(error) is FileNotFoundError, type(error).__mro__, pickle.loads(pickle.dumps(error)), error.characters_written if hasattr(error, 'characters_written') else 'none')
    assert error.__class__ is FileNotFoundError
try:
    os.listdir('missing')
except FileNotFoundError as error:
    error.note = 'noted'
    error.add_note('another')
    print(error.note, error.__notes__, error.filename)


class Own(OSError):
    def __init__(self, *args):
        super().__init__(*args)
        self.seen = True


own = Own(2, 'text')
print(type(own).__name__, own.errno, own.seen, own)
print(type(BlockingIOError(11, 'x', 7)).__name__, BlockingIOError(11, 'x', 7).characters_written)
