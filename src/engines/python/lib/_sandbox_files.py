"""What `os` says and does about files that Emscripten leaves out: hard links, the creation mask, leave to execute."""

import errno

disk = None
"""The disk's half of it, in JavaScript; set when the process has one."""

_original = {}


def attach(control):
    global disk
    disk = control


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """`os.link`. A symbolic link is linked itself, as on Linux, where the option is ignored without descriptors."""
    import os

    if src_dir_fd is not None or dst_dir_fd is not None:
        raise NotImplementedError('link: src_dir_fd and dst_dir_fd unavailable on this platform')
    code = disk.link(os.path.abspath(os.fsdecode(src)), os.path.abspath(os.fsdecode(dst)))
    if code:
        number = getattr(errno, code, errno.EIO)
        raise OSError(number, os.strerror(number), src, None, dst)


def umask(mask, /):
    """`os.umask`: the bits that new files and folders do not get."""
    return disk.umask(mask & 0o777)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    """`os.access` of the superuser: all may be read and written, and executed what somebody may execute."""
    import os
    from stat import S_ISDIR

    if not _original['access'](path, mode, dir_fd=dir_fd):
        return False
    if not mode & os.X_OK:
        return True
    found = os.stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks).st_mode
    return S_ISDIR(found) or bool(found & 0o111)


def replacements(posix):
    """The functions by name. Keeps what they build on."""
    _original['access'] = posix.access
    return {'link': link, 'umask': umask, 'access': access}
