"""Names and addresses for `_socket`. One host is known: this one."""

import errno
import os

import _sandbox_core as core

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
IPPROTO_TCP, IPPROTO_UDP = 6, 17
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST = 1, 2, 4
EAI_NONAME, EAI_FAMILY, EAI_SOCKTYPE, EAI_SERVICE, EAI_ADDRFAMILY = -2, -6, -7, -8, -9

HOSTNAME = 'sandbox'
LOOPBACK, LOOPBACK6 = '127.0.0.1', '::1'
_LOCAL_NAMES = {'localhost', 'localhost.localdomain', HOSTNAME}
_SERVICE_HOSTS = {'postgres'}
_PATH_LIMIT = 108
_MAPPED = '::ffff:'

_GAI_TEXTS = {
    EAI_NONAME: 'Name or service not known',
    EAI_FAMILY: 'ai_family not supported',
    EAI_SOCKTYPE: 'ai_socktype not supported',
    EAI_SERVICE: 'Servname not supported for ai_socktype',
    EAI_ADDRFAMILY: 'Address family for hostname not supported',
}

gaierror = OSError
"""`socket.gaierror`, once the module is there."""


def lookup_error(code):
    return gaierror(code, _GAI_TEXTS[code])


def _ipv4(host):
    """The dotted address that a numeric one stands for (`127.1` is one), or None."""
    parts = host.split('.')
    if len(parts) > 4 or not all(part and part.isascii() and part.isdecimal() and len(part) <= 10 for part in parts):
        return None
    *leading, last = map(int, parts)
    if any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        return None
    rest = last.to_bytes(4 - len(leading), 'big')
    return '.'.join(map(str, [*leading, *rest]))


def _ipv6(host):
    """The shortest form of an IPv6 address, or None."""
    if ':' not in host:
        return None
    from _socket import inet_ntop, inet_pton

    try:
        return inet_ntop(AF_INET6, inet_pton(AF_INET6, host.partition('%')[0]))
    except OSError:
        return None


def resolve(host, family=AF_INET):
    """The address of a host name in a family. Raises socket.gaierror for all but this host and plain addresses.

    Names of the sandbox's services are handed on as they are: its router knows them.
    """
    if host == '':
        return '0.0.0.0' if family == AF_INET else '::'
    if family == AF_INET and host == '<broadcast>':
        return '255.255.255.255'
    v4, v6 = _ipv4(host), _ipv6(host)
    if v4 or v6:
        if (v4 if family == AF_INET else v6) is None:
            raise lookup_error(EAI_ADDRFAMILY)
        return v4 or v6
    if family == AF_INET and host.lower() in _LOCAL_NAMES:
        return LOOPBACK
    if family == AF_INET and host.lower() in _SERVICE_HOSTS:
        return host
    if family == AF_INET6 and host == 'ip6-localhost':
        return LOOPBACK6
    if '.' in host and not host.endswith(('.localhost', '.invalid', '.test', '.example', '.local')):
        core.host.unsupported('missing-binding', f'the sandbox has no network: {host[:200]} cannot be reached')
    raise lookup_error(EAI_NONAME)


def is_own(host):
    """Whether a (numeric) address is one of this machine."""
    return (
        host.startswith(('127.', _MAPPED + '127.'))
        or host in ('0.0.0.0', '::', LOOPBACK6, _MAPPED + '0.0.0.0')
        or host in _SERVICE_HOSTS
    )


def parse(family, address, caller):
    """(host, port) of what a program gave as an address, the host numeric. `caller`: for error texts."""
    name = 'AF_INET' if family == AF_INET else 'AF_INET6'
    if not isinstance(address, tuple):
        raise TypeError(f'{caller}(): {name} address must be tuple, not {type(address).__name__}')
    if family == AF_INET and len(address) != 2:
        raise TypeError('AF_INET address must be a pair (host, port)')
    if not 2 <= len(address) <= 4:
        raise TypeError('AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])')
    host, port = address[:2]
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode()
    if not isinstance(host, str):
        raise TypeError('str, bytes or bytearray expected, not ' + type(host).__name__)
    if not hasattr(port, '__index__'):
        raise TypeError(f"'{type(port).__name__}' object cannot be interpreted as an integer")
    port = port.__index__()
    host = resolve(host, family)
    if not 0 <= port <= 65535:
        raise OverflowError(f'{caller}(): port must be 0-65535.')
    if len(address) > 2 and not 0 <= address[2].__index__() <= 0xFFFFF:
        raise OverflowError(f'{caller}(): flowinfo must be 0-1048575.')
    return host, port


def parse_path(address):
    """A local socket's name: (what the system calls it, the name as it will be shown)."""
    if isinstance(address, str):
        name = os.fsencode(address)
    else:
        from _sandbox_socket_checks import view_of

        name = bytes(view_of(address))
    if len(name) > _PATH_LIMIT or (len(name) == _PATH_LIMIT and not name.startswith(b'\0')):
        raise OSError('AF_UNIX path too long')
    if name.startswith(b'\0'):
        return name.decode('latin-1'), name.decode('latin-1')
    shown = os.fsdecode(name)
    return os.path.normpath(os.path.join(os.getcwd(), shown)), shown


def unmapped(host):
    """The IPv4 address behind one of IPv6 that stands for it; others as they are."""
    return host[len(_MAPPED) :] if host.startswith(_MAPPED) else host


def to_python(family, address):
    """An address of the host as programs see it."""
    if address is None:
        return None
    if isinstance(address, str):
        return address.encode('latin-1') if address.startswith('\0') else address
    host, port = address
    return (host, port, 0, 0) if family == AF_INET6 else (host, port)


def error_from(code):
    """The OSError (of the right subclass) for a POSIX error name of the host, e.g. 'ECONNREFUSED'."""
    number = getattr(errno, code, errno.EIO)
    return OSError(number, os.strerror(number))
