"""Names and addresses for `_socket`. One host is known: this one."""

import errno
import os

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM = 1, 2
IPPROTO_TCP, IPPROTO_UDP = 6, 17
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST = 1, 2, 4
EAI_NONAME, EAI_FAMILY, EAI_SERVICE = -2, -6, -8

HOSTNAME = 'sandbox'
LOOPBACK = '127.0.0.1'
_LOCAL_NAMES = {'localhost', 'localhost.localdomain', 'ip6-localhost', HOSTNAME}
_SERVICE_HOSTS = {'postgres'}
_SERVICES = {'http': 80, 'https': 443, 'postgresql': 5432, 'ssh': 22, 'domain': 53, 'smtp': 25, 'ftp': 21}
_PROTOCOLS = {'ip': 0, 'icmp': 1, 'tcp': 6, 'udp': 17, 'ipv6': 41}


class HostError(Exception):
    """A failed look-up; becomes `socket.gaierror`."""


def _is_ipv4(host):
    parts = host.split('.')
    return len(parts) == 4 and all(part.isdecimal() and len(part) <= 3 and int(part) < 256 for part in parts)


def resolve(host):
    """The IPv4 address of a host name. Raises HostError(code, text) for all but this host and plain addresses.

    Names of the sandbox's services are handed on as they are: its router knows them.
    """
    if host in ('', '0.0.0.0'):
        return '0.0.0.0'
    if host == '<broadcast>':
        return '255.255.255.255'
    if host.lower() in _LOCAL_NAMES:
        return LOOPBACK
    if _is_ipv4(host):
        return host
    if host.lower() in _SERVICE_HOSTS:
        return host
    raise HostError(EAI_NONAME, 'Name or service not known')


def port_number(service, sock_type=SOCK_STREAM):
    if service is None:
        return 0
    if isinstance(service, bytes):
        service = service.decode()
    if isinstance(service, str):
        if service == '':
            return 0
        if service.isdecimal():
            return int(service)
        if service in _SERVICES:
            return _SERVICES[service]
        raise HostError(EAI_SERVICE, 'Servname not supported for ai_socktype')
    return int(service)


def addresses(host, port, family=0, kind=0, proto=0, flags=0):
    """Rows of getaddrinfo."""
    if isinstance(host, bytes):
        host = host.decode()
    if family not in (AF_UNSPEC, AF_INET):
        if family == AF_INET6 and host in ('::1', '::', None, 'localhost'):
            raise HostError(-9, 'Address family for hostname not supported')
        if family not in (AF_INET6,):
            raise HostError(EAI_FAMILY, 'ai_family not supported')
        raise HostError(EAI_NONAME, 'Name or service not known')
    if host is None:
        address = '0.0.0.0' if flags & AI_PASSIVE else LOOPBACK
    elif flags & AI_NUMERICHOST and not _is_ipv4(host):
        raise HostError(EAI_NONAME, 'Name or service not known')
    elif host in ('::1', '::'):
        address = LOOPBACK if host == '::1' else '0.0.0.0'
    else:
        address = resolve(host)
    number = port_number(port, kind)
    canonical = (host or '') if flags & AI_CANONNAME else ''
    rows = []
    for row_kind, row_proto in ((SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP)):
        if kind in (0, row_kind) and proto in (0, row_proto):
            rows.append((AF_INET, row_kind, row_proto, canonical, (address, number)))
    if not rows:
        raise HostError(-7, 'ai_socktype not supported')
    return rows


def service_name(port):
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError('port/proto not found')


def service_port(name):
    if name in _SERVICES:
        return _SERVICES[name]
    raise OSError('service/proto not found')


def protocol_number(name):
    if name in _PROTOCOLS:
        return _PROTOCOLS[name]
    raise OSError('protocol not found')


_RENAMED = {'ENOTFOUND': 'EHOSTUNREACH'}
"""Codes of the sandbox's router that are no errno."""

def error_from(code):
    """The OSError (of the right subclass) for a POSIX error name of the host, e.g. 'ECONNREFUSED'."""
    name = _RENAMED.get(code, code)
    number = getattr(errno, name, errno.EIO)
    return OSError(number, os.strerror(number))
