"""Look-ups for `_socket`: addresses of names, names of addresses, services, protocols, interfaces."""

import errno
import os

import _sandbox_address as addresses
from _sandbox_address import AF_INET, AF_INET6, AF_UNSPEC, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM

_TCP = {
    'tcpmux': 1, 'echo': 7, 'discard': 9, 'daytime': 13, 'ftp': 21, 'ssh': 22, 'telnet': 23, 'smtp': 25, 'time': 37,
    'domain': 53, 'http': 80, 'pop3': 110, 'imap2': 143, 'ldap': 389, 'https': 443, 'ldaps': 636, 'imaps': 993,
    'pop3s': 995, 'mysql': 3306, 'postgresql': 5432, 'amqp': 5672, 'redis': 6379, 'http-alt': 8080,
}  # fmt: skip
_UDP = {'echo': 7, 'discard': 9, 'daytime': 13, 'time': 37, 'domain': 53, 'tftp': 69, 'ntp': 123, 'snmp': 161, 'syslog': 514}
_SERVICES = {'tcp': _TCP, 'udp': _UDP}
_PROTOCOLS = {'ip': 0, 'icmp': 1, 'igmp': 2, 'tcp': 6, 'udp': 17, 'ipv6': 41, 'ipv6-icmp': 58, 'sctp': 132}
_NUMERIC_HOST, _NUMERIC_SERVICE, _NAME_REQUIRED, _DATAGRAM = 1, 2, 8, 16
_TYPES = ((SOCK_STREAM, 6, 'tcp'), (SOCK_DGRAM, 17, 'udp'), (SOCK_RAW, 0, None))


def _port_rows(service, kind, proto):
    """(type, protocol, port) of the socket types that a service is had with."""
    rows = [row for row in _TYPES if kind in (0, row[0]) and (proto in (0, row[1]) or row[0] == SOCK_RAW)]
    if kind not in (0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW) or not rows:
        raise addresses.lookup_error(addresses.EAI_SOCKTYPE)
    if proto:
        rows = [(row_kind, proto, name) for row_kind, _proto, name in rows if kind or row_kind != SOCK_RAW]
    if service is None or service == '' or service.isdecimal():
        return [(row_kind, row_proto, int(service or 0)) for row_kind, row_proto, _name in rows]
    found = [
        (row_kind, row_proto, _SERVICES[name][service])
        for row_kind, row_proto, name in rows
        if name and service in _SERVICES[name]
    ]
    if not found:
        raise addresses.lookup_error(addresses.EAI_SERVICE)
    return found


def _hosts(host, family, flags):
    """(family, address) rows of a host."""
    if host is None:
        passive = flags & addresses.AI_PASSIVE
        v4 = (AF_INET, '0.0.0.0' if passive else addresses.LOOPBACK)
        v6 = (AF_INET6, '::' if passive else addresses.LOOPBACK6)
        return [row for row in ((v4, v6) if passive else (v6, v4)) if family in (AF_UNSPEC, row[0])]
    if host == '':
        raise addresses.lookup_error(addresses.EAI_NONAME)
    chosen = family or (AF_INET6 if ':' in host or host == 'ip6-localhost' else AF_INET)
    address = addresses.resolve(host, chosen)
    if flags & addresses.AI_NUMERICHOST and not address[0].isdecimal() and ':' not in address:
        raise addresses.lookup_error(addresses.EAI_NONAME)
    if flags & addresses.AI_NUMERICHOST and host[0].isalpha() and ':' not in host:
        raise addresses.lookup_error(addresses.EAI_NONAME)
    return [(chosen, address)]


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode()
    elif host is not None and not isinstance(host, str):
        raise TypeError('getaddrinfo() argument 1 must be string or None')
    if isinstance(port, bytes):
        port = port.decode()
    elif isinstance(port, int):
        port = str(int(port) & 0xFFFF)
    elif port is not None and not isinstance(port, str):
        raise OSError('Int or String expected')
    if host is None and port is None:
        raise addresses.lookup_error(addresses.EAI_NONAME)
    if family not in (AF_UNSPEC, AF_INET, AF_INET6):
        raise addresses.lookup_error(addresses.EAI_FAMILY)
    ports = _port_rows(port, int(type), int(proto))
    canonical = host or '' if flags & addresses.AI_CANONNAME else ''
    rows = []
    for row_family, address in _hosts(host, int(family), int(flags)):
        for row_kind, row_proto, number in ports:
            rows.append((row_family, row_kind, row_proto, canonical, addresses.to_python(row_family, (address, number))))
            canonical = ''
    return rows


def _text(host):
    if isinstance(host, (bytes, bytearray)):
        return bytes(host).decode()
    if not isinstance(host, str):
        raise TypeError(f'str, bytes or bytearray expected, not {type(host).__name__}')
    return host


def gethostbyname(host):
    return addresses.resolve(_text(host))


def gethostbyname_ex(host):
    return _text(host), [], [gethostbyname(host)]


def make_gethostbyaddr(herror):
    def gethostbyaddr(host):
        address = addresses.resolve(_text(host), AF_INET6 if ':' in _text(host) else AF_INET)
        if address != addresses.LOOPBACK:
            raise herror(1, 'Unknown host')
        return 'localhost', [], [addresses.LOOPBACK]

    return gethostbyaddr


def getnameinfo(address, flags):
    if not isinstance(address, tuple):
        raise TypeError('getnameinfo() argument 1 must be a tuple')
    name, port = _text(address[0]), address[1]
    host = addresses.resolve(name, AF_INET6 if ':' in name else AF_INET)
    if not 0 <= port <= 65535:
        raise OverflowError('getnameinfo(): port must be 0-65535.')
    if not flags & _NUMERIC_HOST:
        if host == addresses.LOOPBACK:
            host = 'localhost'
        elif flags & _NAME_REQUIRED:
            raise addresses.lookup_error(addresses.EAI_NONAME)
    service = str(port)
    if not flags & _NUMERIC_SERVICE:
        service = _service_name(port, 'udp' if flags & _DATAGRAM else 'tcp') or service
    return host, service


def _service_name(port, protocol):
    return next((name for name, number in _SERVICES[protocol].items() if number == port), None)


def getservbyname(name, protocol=None, /):
    for known in _SERVICES if protocol is None else [protocol]:
        if name in _SERVICES.get(known, ()):
            return _SERVICES[known][name]
    raise OSError('service/proto not found')


def getservbyport(port, protocol=None, /):
    if not 0 <= port <= 65535:
        raise OverflowError('getservbyport: port must be 0-65535.')
    for known in _SERVICES if protocol is None else [protocol]:
        if known in _SERVICES and (name := _service_name(port, known)):
            return name
    raise OSError('port/proto not found')


def getprotobyname(name, /):
    if name in _PROTOCOLS:
        return _PROTOCOLS[name]
    raise OSError('protocol not found')


def if_nameindex():
    return [(1, 'lo')]


def if_nametoindex(name, /):
    if os.fsdecode(name) == 'lo':
        return 1
    raise OSError('no interface with this name')


def if_indextoname(index, /):
    if index == 1:
        return 'lo'
    raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))


def sethostname(_name, /):
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
