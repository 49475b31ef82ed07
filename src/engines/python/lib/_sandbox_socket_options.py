"""Options of sockets: what getsockopt(2) and setsockopt(2) of Linux know, with their first values."""

import errno
import struct

import _sandbox_address as addresses
import _sandbox_core as core
from _sandbox_socket_checks import view_of

SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, IPPROTO_IPV6 = 1, 0, 6, 41
_SO_TYPE, _SO_ERROR, _SO_SNDBUF, _SO_RCVBUF, _SO_LINGER, _SO_PEERCRED = 3, 4, 7, 8, 13, 17
_SO_ACCEPTCONN, _SO_PROTOCOL, _SO_DOMAIN = 30, 38, 39

_DEFAULTS = {
    # SO_DEBUG, REUSEADDR, DONTROUTE, BROADCAST, KEEPALIVE, OOBINLINE, PRIORITY, REUSEPORT, PASSCRED, RCVLOWAT, SNDLOWAT,
    # RCVTIMEO, SNDTIMEO, BINDTODEVICE, TIMESTAMP, MARK, BUSY_POLL, INCOMING_CPU
    SOL_SOCKET: {
        1: 0, 2: 0, 5: 0, 6: 0, 9: 0, 10: 0, 12: 0, 15: 0, 16: 0, 18: 1, 19: 1,
        20: 0, 21: 0, 25: 0, 29: 0, 36: 0, 46: 0, 49: 0, _SO_LINGER: 0,
    },
    # IP_TOS, TTL, HDRINCL, OPTIONS, RECVOPTS, PKTINFO, RECVTTL, RECVTOS, TRANSPARENT, BIND_ADDRESS_NO_PORT,
    # MULTICAST_IF, MULTICAST_TTL, MULTICAST_LOOP
    IPPROTO_IP: {1: 0, 2: 64, 3: 0, 4: 0, 6: 0, 8: 0, 12: 0, 13: 0, 19: 0, 24: 0, 32: 0, 33: 1, 34: 1},
    # TCP_NODELAY, MAXSEG, CORK, KEEPIDLE, KEEPINTVL, KEEPCNT, SYNCNT, LINGER2, DEFER_ACCEPT, WINDOW_CLAMP, QUICKACK,
    # USER_TIMEOUT, FASTOPEN, NOTSENT_LOWAT, FASTOPEN_CONNECT
    IPPROTO_TCP: {
        1: 0, 2: 536, 3: 0, 4: 7200, 5: 75, 6: 9, 7: 6, 8: 60, 9: 0, 10: 0, 12: 1, 18: 0, 23: 0, 25: 0, 30: 0,
    },
    # IPV6_UNICAST_HOPS, MULTICAST_IF, MULTICAST_HOPS, MULTICAST_LOOP, V6ONLY, RECVPKTINFO, TCLASS
    IPPROTO_IPV6: {16: 64, 17: 0, 18: 1, 19: 1, 26: 0, 49: 0, 67: 0},
}  # fmt: skip
_GROUP_REQUESTS = {(IPPROTO_IP, 35), (IPPROTO_IP, 36), (IPPROTO_IPV6, 20), (IPPROTO_IPV6, 21)}
"""Joining and leaving multicast groups: their value is a structure, and there is nobody to hear."""

_FLAGS = {(SOL_SOCKET, 2), (SOL_SOCKET, 6), (SOL_SOCKET, 9), (SOL_SOCKET, 15), (IPPROTO_TCP, 1), (IPPROTO_TCP, 3), (IPPROTO_IPV6, 26)}


def _known(sock, level, option):
    if sock.family == addresses.AF_UNIX and level != SOL_SOCKET:
        raise addresses.error_from('EOPNOTSUPP')
    stream_only = level == IPPROTO_TCP and sock.type != addresses.SOCK_STREAM
    wrong_family = level == IPPROTO_IPV6 and sock.family != addresses.AF_INET6
    if stream_only or wrong_family or option not in _DEFAULTS.get(level, ()):
        raise addresses.error_from('ENOPROTOOPT')


def set_option(sock, level, option, value):
    """`value`: an int, or bytes (a structure)."""
    fd = sock.fileno()
    if not core.host.isOpen(fd):
        raise addresses.error_from('EBADF')
    level, option = int(level), int(option)
    if isinstance(value, int):
        number = int(value)
    elif (level, option) in _GROUP_REQUESTS:
        return
    else:
        data = bytes(view_of(value))
        if level == SOL_SOCKET and option == _SO_LINGER and len(data) >= 8:
            on, seconds = struct.unpack('ii', data[:8])
            core.host.setOption(fd, -1, option, seconds)
            # The host asks only whether closing is to reset.
            core.host.setOption(fd, SOL_SOCKET, option, int(bool(on) and seconds == 0))
            core.host.setOption(fd, -2, option, int(bool(on)))
            return
        if len(data) < 4:
            raise addresses.error_from('EINVAL')
        number = struct.unpack('i', data[:4])[0]
    if level == SOL_SOCKET and option in (_SO_SNDBUF, _SO_RCVBUF):
        core.host.setOption(fd, level, option, max(2 * number, 4608 if option == _SO_SNDBUF else 2304))
        return
    if level == SOL_SOCKET and option in (_SO_TYPE, _SO_ERROR, _SO_ACCEPTCONN, _SO_PROTOCOL, _SO_DOMAIN):
        raise addresses.error_from('ENOPROTOOPT')
    _known(sock, level, option)
    core.host.setOption(fd, level, option, int(number != 0) if (level, option) in _FLAGS else number)


def _value(sock, fd, level, option):
    if level == SOL_SOCKET:
        if option == _SO_TYPE:
            return sock.type
        if option == _SO_DOMAIN:
            return sock.family
        if option == _SO_PROTOCOL:
            internet = {addresses.SOCK_STREAM: addresses.IPPROTO_TCP, addresses.SOCK_DGRAM: addresses.IPPROTO_UDP}
            return sock.proto or (0 if sock.family == addresses.AF_UNIX else internet.get(sock.type, 0))
        if option == _SO_ACCEPTCONN:
            return int(core.host.isListening(fd))
        if option in (_SO_SNDBUF, _SO_RCVBUF):
            local = sock.family == addresses.AF_UNIX or sock.type != addresses.SOCK_STREAM
            default = 212992 if local else 16384 if option == _SO_SNDBUF else 131072
            return int(core.host.option(fd, level, option)) or default
        if option == _SO_ERROR:
            code = core.host.takeError(fd)
            return getattr(errno, code, errno.EIO) if code else 0
    _known(sock, level, option)
    stored = core.host.storedOption(fd, level, option)
    return _DEFAULTS[level][option] if stored is None else int(stored)


def get_option(sock, level, option, buflen):
    fd = sock.fileno()
    if not core.host.isOpen(fd):
        raise addresses.error_from('EBADF')
    level, option = int(level), int(option)
    if buflen < 0 or buflen > 1024:
        raise OSError('getsockopt buflen out of range')
    if level == SOL_SOCKET and option == _SO_LINGER:
        value = core.host.option(fd, -2, option), core.host.option(fd, -1, option)
        data = struct.pack('ii', *map(int, value))
        return data[:buflen] if buflen else int(value[0])
    if level == SOL_SOCKET and option == _SO_PEERCRED and sock.family == addresses.AF_UNIX:
        import os

        return struct.pack('iii', os.getpid(), 0, 0)[:buflen]
    value = _value(sock, fd, level, option)
    return struct.pack('i', value)[:buflen] if buflen else value
