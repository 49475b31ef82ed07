"""Modules that this interpreter was built without: `pwd`, `grp`, `resource`, `syslog`, `dbm`, and parts of `_hashlib`."""

import sys
from importlib.machinery import ModuleSpec, PathFinder


def _fill_pwd(module):
    from collections import namedtuple

    fields = 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell'
    struct_passwd = namedtuple('struct_passwd', fields, module='pwd')
    entries = [
        struct_passwd('root', 'x', 0, 0, 'root', '/root', '/bin/bash'),
        struct_passwd('nobody', 'x', 65534, 65534, 'nobody', '/nonexistent', '/usr/sbin/nologin'),
    ]
    module.struct_passwd = struct_passwd
    module.getpwall = lambda: list(entries)
    module.getpwuid = _finder(entries, 'pw_uid', 'getpwuid(): uid not found: {}')
    module.getpwnam = _finder(entries, 'pw_name', "getpwnam(): name not found: '{}'")


def _fill_grp(module):
    from collections import namedtuple

    struct_group = namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem', module='grp')
    entries = [struct_group('root', 'x', 0, []), struct_group('nogroup', 'x', 65534, [])]
    module.struct_group = struct_group
    module.getgrall = lambda: list(entries)
    module.getgrgid = _finder(entries, 'gr_gid', 'getgrgid(): gid not found: {}')
    module.getgrnam = _finder(entries, 'gr_name', "getgrnam(): name not found: '{}'")


def _finder(entries, field, message):
    def find(wanted):
        for entry in entries:
            if getattr(entry, field) == wanted:
                return entry
        raise KeyError(message.format(wanted))

    return find


def _fill_resource(module):
    from collections import namedtuple

    fields = (
        'ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock '
        'ru_oublock ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw'
    )
    struct_rusage = namedtuple('struct_rusage', fields, module='resource')
    module.struct_rusage = struct_rusage
    module.error = OSError
    module.RLIM_INFINITY = -1
    module.RUSAGE_SELF, module.RUSAGE_CHILDREN, module.RUSAGE_THREAD = 0, -1, 1
    names = 'CPU FSIZE DATA STACK CORE RSS NPROC NOFILE MEMLOCK AS'
    for number, name in enumerate(names.split()):
        setattr(module, f'RLIMIT_{name}', number)
    module.RLIMIT_OFILE = 7
    extra = 'RTPRIO RTTIME SIGPENDING MSGQUEUE NICE'
    for number, name in zip((14, 15, 11, 12, 13), extra.split()):
        setattr(module, f'RLIMIT_{name}', number)
    limits = {7: (1024, 4096)}

    def getrlimit(which):
        if not 0 <= which < 16:
            raise ValueError('invalid resource specified')
        return limits.get(which, (-1, -1))

    def setrlimit(which, values):
        old, (soft, hard) = getrlimit(which), values
        if hard != -1 and (soft == -1 or soft > hard):
            raise ValueError('current limit exceeds maximum limit')
        limits[which] = (soft, hard)
        return old

    def prlimit(_pid, which, values=None):
        return getrlimit(which) if values is None else setrlimit(which, values)

    module.getrlimit, module.prlimit = getrlimit, prlimit
    module.setrlimit = lambda which, values: setrlimit(which, values) and None
    module.getpagesize = lambda: 4096

    def getrusage(who):
        import time

        if who not in (-1, 0, 1):
            raise ValueError('invalid who parameter')
        used = 0 if who == -1 else 65_536
        return struct_rusage(0.0 if who == -1 else time.process_time(), 0.0, used, *([0] * 13))

    module.getrusage = getrusage


def _fill_syslog(module):
    for number, name in enumerate('EMERG ALERT CRIT ERR WARNING NOTICE INFO DEBUG'.split()):
        setattr(module, f'LOG_{name}', number)
    names = 'KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV'
    for number, name in enumerate(names.split()):
        setattr(module, f'LOG_{name}', number << 3)
    for number in range(8):
        setattr(module, f'LOG_LOCAL{number}', 16 + number << 3)
    for number, name in enumerate('PID CONS ODELAY NDELAY NOWAIT PERROR'.split()):
        setattr(module, f'LOG_{name}', 1 << number)
    module.LOG_MASK = lambda priority: 1 << priority
    module.LOG_UPTO = lambda priority: (1 << priority + 1) - 1
    mask = [255]

    def setlogmask(new):
        old = mask[0]
        mask[0] = new or old
        return old

    module.setlogmask = setlogmask
    module.openlog = lambda *_args, **_kwargs: None
    module.closelog = lambda: None
    module.syslog = lambda *_args: None


def _fill_multiprocessing(module):
    import _sandbox_semaphore

    _sandbox_semaphore.fill(module)


def _fill_posixshmem(module):
    import errno
    import os

    def refuse(path, *_args, **_kwargs):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), path)

    module.shm_open = module.shm_unlink = refuse


def _fill_sysconfig(module):
    # `sysconfig` looks for the build's variables under the name of the platform.
    import importlib

    original = importlib.import_module('_sysconfigdata__emscripten_wasm32-emscripten')
    module.build_time_vars = {**original.build_time_vars, 'MULTIARCH': MULTIARCH, 'EXT_SUFFIX': f'.cpython-314-{MULTIARCH}.so'}


def _fill_hashlib(module):
    import _sandbox_hash

    _sandbox_hash.fill(module)


def _fill_dbm(module):
    import _sandbox_dbm

    (_sandbox_dbm.fill if module.__name__ == 'dbm' else _sandbox_dbm.fill_dumb)(module)


MULTIARCH = 'x86_64-linux-gnu'

_FILLERS = {
    'pwd': _fill_pwd,
    'grp': _fill_grp,
    'resource': _fill_resource,
    'syslog': _fill_syslog,
    'dbm': _fill_dbm,
    'dbm.dumb': _fill_dbm,
    '_hashlib': _fill_hashlib,
    '_posixshmem': _fill_posixshmem,
    '_multiprocessing': _fill_multiprocessing,
    f'_sysconfigdata__linux_{MULTIARCH}': _fill_sysconfig,
}


class _Loader:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        _FILLERS[module.__name__](module)


_LOADER = _Loader()


def find_spec(name):
    if name in _FILLERS and name not in sys.builtin_module_names:
        own = None if '.' in name else PathFinder.find_spec(name)
        if own is not None:
            return own
        return ModuleSpec(name, _LOADER, origin='built-in', is_package=name == 'dbm')
    return None
