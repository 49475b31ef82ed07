"""Functions of `_socket` beside the socket class."""

import _sandbox_address as addresses
import _sandbox_core as core
import _sandbox_socket as sockets
from _sandbox_constants import LINUX_SOCKET_CONSTANTS

_gaierror = OSError


def socketpair(family=addresses.AF_UNIX, type=addresses.SOCK_STREAM, proto=0):
    pair = []
    for fd in core.host.pair('socket').to_py():
        sockets.described[fd] = (int(family), int(type), proto, None)
        pair.append(sockets.socket(family, type, proto, fd))
    return tuple(pair)


def dup(fd):
    copy = core.host.dup(int(fd))
    if copy < 0:
        raise addresses.error_from('EBADF')
    if fd in sockets.described:
        sockets.described[copy] = sockets.described[fd]
    return copy


def close(fd):
    sockets.described.pop(fd, None)
    if not core.host.close(int(fd)):
        raise addresses.error_from('EBADF')


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    try:
        return addresses.addresses(host, port, int(family), int(type), int(proto), int(flags))
    except addresses.HostError as error:
        raise _gaierror(*error.args) from None


def gethostbyname(host):
    return sockets.lookup(host)


def gethostbyname_ex(host):
    return host, [], [sockets.lookup(host)]


def gethostbyaddr(host):
    sockets.lookup(host)
    return 'localhost', [], [addresses.LOOPBACK]


def getnameinfo(address, flags):
    host, port = address[:2]
    return ('localhost' if host == addresses.LOOPBACK and not flags & 1 else host), str(port)


def setdefaulttimeout(timeout):
    if timeout is not None and float(timeout) < 0:
        raise ValueError('Timeout value out of range')
    sockets.default_timeout = None if timeout is None else float(timeout)


def getdefaulttimeout():
    return sockets.default_timeout


def install(module):
    global _gaierror
    _gaierror = module.gaierror
    sockets.set_lookup_error(module.gaierror)
    for name, value in LINUX_SOCKET_CONSTANTS.items():
        setattr(module, name, value)
    sockets.socket.__module__ = '_socket'
    for name, value in {
        'socket': sockets.socket,
        'SocketType': sockets.socket,
        'socketpair': socketpair,
        'dup': dup,
        'close': close,
        'getaddrinfo': getaddrinfo,
        'gethostbyname': gethostbyname,
        'gethostbyname_ex': gethostbyname_ex,
        'gethostbyaddr': gethostbyaddr,
        'gethostname': lambda: addresses.HOSTNAME,
        'getnameinfo': getnameinfo,
        'getservbyname': lambda name, protocol='tcp': addresses.service_port(name),
        'getservbyport': lambda port, protocol='tcp': addresses.service_name(port),
        'getprotobyname': addresses.protocol_number,
        'setdefaulttimeout': setdefaulttimeout,
        'getdefaulttimeout': getdefaulttimeout,
        'has_ipv6': False,
    }.items():
        setattr(module, name, value)
