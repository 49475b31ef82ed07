"""The packages `dbm` and `dbm.dumb`, which this interpreter's library lacks (`shelve` needs them).

A database is two files: NAME.dat holds the values, each from a multiple of 512 bytes on; NAME.dir holds a line for each
key with the place and the length of its value. CPython without the libraries gdbm and ndbm writes the same files.
"""

import ast
import io
import os
import sys
from collections.abc import MutableMapping

_BLOCK = 512


class error(Exception):
    pass


error.__module__ = 'dbm'


def _bytes(text):
    return text.encode('utf-8') if isinstance(text, str) else text


class _Database(MutableMapping):
    def __init__(self, path, mode, flag):
        self._index = None
        self._directory, self._data, self._backup = (path + suffix for suffix in ('.dir', '.dat', '.bak'))
        self._mode, self._writes, self._changed = mode, flag != 'r', False
        if flag == 'n':
            for name in (self._data, self._backup, self._directory):
                if os.path.exists(name):
                    os.remove(name)
        if not os.path.exists(self._data):
            if flag not in ('c', 'n'):
                raise FileNotFoundError(2, os.strerror(2), self._data)
            os.close(os.open(self._data, os.O_WRONLY | os.O_CREAT, mode))
            self._changed = True
        self._index = self._read_index(flag)

    def _read_index(self, flag):
        try:
            with open(self._directory, encoding='Latin-1') as file:
                entries = (ast.literal_eval(line.rstrip()) for line in file)
                return {key.encode('Latin-1'): place for key, place in entries}
        except FileNotFoundError:
            if flag not in ('c', 'n'):
                raise
            self._changed = True
            return {}

    def _opened(self):
        if self._index is None:
            raise OSError('DBM object has already been closed')
        return self._index

    def sync(self):
        if self._index is None or not self._changed:
            return
        if os.path.exists(self._backup):
            os.unlink(self._backup)
        if os.path.exists(self._directory):
            os.rename(self._directory, self._backup)
        number = os.open(self._directory, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, self._mode)
        with open(number, 'w', encoding='Latin-1') as file:
            for key, place in self._index.items():
                file.write(f'{key.decode("Latin-1")!r}, {place!r}\n')
        self._changed = False

    def close(self):
        try:
            self.sync()
        finally:
            self._index = None

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        self.close()

    def __getitem__(self, key):
        position, length = self._opened()[_bytes(key)]
        with io.open(self._data, 'rb') as file:
            file.seek(position)
            return file.read(length)

    def _check_writing(self):
        if not self._writes:
            raise OSError('The database is opened for reading only')

    def __setitem__(self, key, value):
        self._check_writing()
        for name, item in (('keys', key), ('values', value)):
            if not isinstance(item, (str, bytes, bytearray)):
                raise TypeError(f'{name} must be bytes or strings')
        key, value = _bytes(key), _bytes(value)
        index = self._opened()
        position, length = index.get(key, (None, 0))
        with io.open(self._data, 'rb+') as file:
            if position is None or -(-length // _BLOCK) < -(-len(value) // _BLOCK):
                end = file.seek(0, 2)
                position = -(-end // _BLOCK) * _BLOCK
                file.write(bytes(position - end))
            file.seek(position)
            file.write(value)
        known = key in index
        index[key] = (position, len(value))
        self._changed = True
        if not known:
            with open(self._directory, 'a', encoding='Latin-1') as file:
                file.write(f'{bytes(key).decode("Latin-1")!r}, {index[key]!r}\n')

    def __delitem__(self, key):
        self._check_writing()
        del self._opened()[_bytes(key)]
        self._changed = True
        self.sync()

    def __contains__(self, key):
        return _bytes(key) in self._opened()

    def __iter__(self):
        return iter(self._opened())

    iterkeys = __iter__

    def keys(self):
        return list(self._opened())

    def items(self):
        return [(key, self[key]) for key in self._opened()]

    def __len__(self):
        return len(self._opened())


_Database.__name__ = _Database.__qualname__ = '_Database'
_Database.__module__ = 'dbm.dumb'


def _open_dumb(file, flag='c', mode=0o666):
    if flag not in ('r', 'w', 'c', 'n'):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    mask = os.umask(0)
    os.umask(mask)
    return _Database(os.fsdecode(file), mode & ~mask, flag)


def _which(filename):
    """The module whose database a name stands for; an empty text for another file, None for none."""
    name = os.fsdecode(filename)
    try:
        if os.path.exists(name + '.dat') and os.path.getsize(name + '.dir') == 0:
            return 'dbm.dumb'
        with open(name + '.dir', 'rb') as file:
            if file.read(1) in (b"'", b'"'):
                return 'dbm.dumb'
    except OSError:
        pass
    return '' if os.path.isfile(name) else None


def _open(file, flag='r', mode=0o666):
    found = _which(file) if 'n' not in flag else None
    if found is None and 'c' not in flag and 'n' not in flag:
        raise error("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    if found == '':
        raise error('db type could not be determined')
    return _open_dumb(file, flag, mode)


def fill(module):
    module.__path__ = []
    module.error = (error, OSError)
    module.open, module.whichdb = _open, _which


def fill_dumb(module):
    module.error, module.open = OSError, _open_dumb
    sys.modules['dbm'].dumb = module
