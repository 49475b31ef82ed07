"""Checks of what programs hand to sockets, with the words of the C module."""

import errno


def checked_timeout(value):
    """Seconds as a float, or None."""
    if value is None:
        return None
    if not isinstance(value, (int, float)):
        if not hasattr(value, '__index__'):
            raise type_error(value)
        value = value.__index__()
    if value != value:
        raise ValueError('Invalid value NaN (not a number)')
    if value < 0:
        raise ValueError('Timeout value out of range')
    if value > 9223372036:
        raise OverflowError('timestamp too large to convert to C PyTime_t')
    return float(value)


def is_open(fd):
    import os

    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def socket_file(path):
    """What is wrong with a path for connecting to it: '' when it is a socket's."""
    import os
    import stat

    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return errno.errorcode.get(error.errno, 'ENOENT')
    return '' if stat.S_ISSOCK(mode) else 'ECONNREFUSED'


def writable_view(buffer, caller, position):
    view = memoryview(buffer)
    if view.readonly:
        kind = type(buffer).__name__
        raise TypeError(f'{caller}() argument {position} must be read-write bytes-like object, not {kind}')
    return view.cast('B')


def view_of(data):
    """The bytes of a bytes-like object."""
    try:
        return memoryview(data).cast('B')
    except TypeError:
        if isinstance(data, (bytes, bytearray, memoryview)):
            raise
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


def type_error(value):
    return TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
