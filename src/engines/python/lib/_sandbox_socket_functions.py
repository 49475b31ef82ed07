"""Functions of `_socket` beside the socket class."""

import _sandbox_address as addresses
import _sandbox_core as core
import _sandbox_names as names
import _sandbox_socket as sockets
from _sandbox_constants import LINUX_SOCKET_CONSTANTS
from _sandbox_socket_checks import checked_timeout


def socketpair(family=addresses.AF_UNIX, type=addresses.SOCK_STREAM, proto=0):
    if int(family) != addresses.AF_UNIX:
        raise addresses.error_from('EOPNOTSUPP')
    kind = int(type) & sockets.TYPE_MASK
    if kind not in (addresses.SOCK_STREAM, addresses.SOCK_DGRAM):
        raise addresses.error_from('ESOCKTNOSUPPORT')
    ends = core.host.pair(int(family), kind, int(proto)).to_py()
    return tuple(sockets.socket(family, type, proto, fd) for fd in ends)


def dup(fd, /):
    copy = core.host.dup(int(fd))
    if copy < 0:
        raise addresses.error_from('EBADF')
    return copy


def close(fd, /):
    if not core.host.close(int(fd)):
        raise addresses.error_from('EBADF')


def setdefaulttimeout(timeout, /):
    sockets.default_timeout = checked_timeout(timeout)


def getdefaulttimeout():
    return sockets.default_timeout


def _cmsg_len(length, /):
    if not 0 <= length <= 0x7FFFFFEF:
        raise OverflowError('CMSG_LEN() argument out of range')
    return 16 + length


def _cmsg_space(length, /):
    if not 0 <= length <= 0x7FFFFFE8:
        raise OverflowError('CMSG_SPACE() argument out of range')
    return 16 + (length + 7) // 8 * 8


def _make_packers(module):
    """`inet_pton` and `inet_ntop`, which know IPv4 already."""
    pack4, unpack4 = module.inet_pton, module.inet_ntop

    def inet_pton(family, text, /):
        if family != addresses.AF_INET6:
            return pack4(family, text)
        from ipaddress import IPv6Address

        try:
            return IPv6Address(text if '%' not in text else '').packed
        except ValueError:
            raise OSError('illegal IP address string passed to inet_pton') from None

    def inet_ntop(family, packed, /):
        if family != addresses.AF_INET6:
            return unpack4(family, packed)
        from ipaddress import IPv4Address, IPv6Address

        if len(packed) != 16:
            raise ValueError('invalid length of packed IP address string')
        data = bytes(packed)
        if data[:12] == bytes(10) + b'\xff\xff':
            return f'::ffff:{IPv4Address(data[12:])}'
        if data[:12] == bytes(12) and data[12:14] != bytes(2):
            return f'::{IPv4Address(data[12:])}'
        return IPv6Address(data).compressed

    return inet_pton, inet_ntop


def _checked_16_bits(name, swap):
    def convert(number, /):
        if number < 0:
            raise OverflowError(f"{name}: can't convert negative Python int to C 16-bit unsigned integer")
        if number > 0xFFFF:
            raise OverflowError(f'{name}: Python int too large to convert to C 16-bit unsigned integer')
        return swap(number)

    return convert


def install(module):
    addresses.gaierror = module.gaierror
    for name, value in LINUX_SOCKET_CONSTANTS.items():
        setattr(module, name, value)
    sockets.socket.__module__ = '_socket'
    module.inet_pton, module.inet_ntop = _make_packers(module)
    for name in ('htons', 'ntohs'):
        setattr(module, name, _checked_16_bits(name, getattr(module, name)))
    for name in (
        'getaddrinfo gethostbyname gethostbyname_ex getnameinfo getservbyname getservbyport getprotobyname '
        'if_nameindex if_nametoindex if_indextoname sethostname'
    ).split():
        setattr(module, name, getattr(names, name))
    for name, value in {
        'socket': sockets.socket,
        'SocketType': sockets.socket,
        'socketpair': socketpair,
        'dup': dup,
        'close': close,
        'gethostbyaddr': names.make_gethostbyaddr(module.herror),
        'gethostname': lambda: addresses.HOSTNAME,
        'setdefaulttimeout': setdefaulttimeout,
        'getdefaulttimeout': getdefaulttimeout,
        'CMSG_LEN': _cmsg_len,
        'CMSG_SPACE': _cmsg_space,
        'has_ipv6': True,
    }.items():
        setattr(module, name, value)
