"""`_socket`: TCP and local stream sockets over the sandbox's connections. `socket.py` above it is unmodified."""

import errno
import os

import _sandbox_address as addresses
import _sandbox_core as core

READ, WRITE = 1, 4
_SOL_SOCKET = 1
_SO_TYPE, _SO_ERROR, _SO_ACCEPTCONN, _SO_DOMAIN, _SO_PROTOCOL = 3, 4, 30, 39, 38
_SO_SNDBUF, _SO_RCVBUF = 7, 8
_MSG_PEEK, _MSG_DONTWAIT, _MSG_WAITALL = 2, 0x40, 0x100
_TYPE_MASK, _SOCK_NONBLOCK = 0xF, 0x800

default_timeout = None
"""Timeout of new sockets; `socket.setdefaulttimeout` sets it."""

_gaierror = OSError
"""`socket.gaierror`, once the module is there."""

described = {}
"""(family, type, protocol, bound address) of descriptors, for sockets made again from their number."""


class socket:
    """A socket object as the C module has it: `socket.socket` of the standard library derives from it."""

    __slots__ = ('_fd', '_family', '_type', '_proto', '_timeout', '_address', '_peer', '_options', '_listening')

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._timeout = default_timeout
        self._address = None
        self._peer = None
        self._options = {}
        self._listening = False
        self._fd = -1
        if fileno is not None:
            self._adopt(family, type, proto, fileno)
            return
        self._family = addresses.AF_INET if family == -1 else int(family)
        kind = addresses.SOCK_STREAM if type == -1 else int(type)
        self._type = kind & _TYPE_MASK
        self._proto = 0 if proto == -1 else int(proto)
        if self._family not in (addresses.AF_INET, addresses.AF_UNIX):
            raise addresses.error_from('EAFNOSUPPORT')
        if kind & _SOCK_NONBLOCK:
            self._timeout = 0.0
        self._fd = core.host.openSocket()
        self._describe()

    def _adopt(self, family, type, proto, fileno):
        fd = int(fileno)
        if fd < 0:
            raise ValueError('negative file descriptor')
        if not core.host.isOpen(fd):
            raise addresses.error_from('EBADF')
        known = described.get(fd, (addresses.AF_INET, addresses.SOCK_STREAM, 0, None))
        self._family = known[0] if family == -1 else int(family)
        self._type = known[1] if type == -1 else int(type) & _TYPE_MASK
        self._proto = known[2] if proto == -1 else int(proto)
        self._address = known[3]
        self._fd = fd

    def _describe(self):
        described[self._fd] = (self._family, self._type, self._proto, self._address)

    family = property(lambda self: self._family)
    type = property(lambda self: self._type)
    proto = property(lambda self: self._proto)
    timeout = property(lambda self: self._timeout)

    def fileno(self):
        return self._fd

    def __del__(self):
        if getattr(self, '_fd', -1) >= 0:
            import warnings

            warnings.warn(f'unclosed {self!r}', ResourceWarning, source=self)
            self.close()

    def __repr__(self):
        return f'<socket object, fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}>'

    # Setting up

    def bind(self, address):
        if self._family == addresses.AF_UNIX:
            raise OSError(errno.EOPNOTSUPP, 'Local sockets with a name are not supported here')
        host, port = self._checked(address)
        result = core.block(core.host.bind(self._fd, port)) if self._type == addresses.SOCK_STREAM else port
        if isinstance(result, str):
            raise addresses.error_from(result)
        self._address = (lookup(host), result)
        self._describe()

    def listen(self, backlog=128):
        if self._address is None:
            self.bind(('0.0.0.0', 0))
        self._check(core.host.listen(self._fd, max(0, int(backlog))))
        self._listening = True

    def _accept(self):
        accepted = self._retry(lambda: core.host.accept(self._fd), READ)
        local_host = self._address[0] if self._address else addresses.LOOPBACK
        if local_host == '0.0.0.0':
            local_host = addresses.LOOPBACK
        local_port = self._address[1] if self._address else 0
        described[accepted] = (self._family, self._type, self._proto, (local_host, local_port))
        return accepted, (addresses.LOOPBACK, core.host.peerPort(accepted))

    def connect(self, address):
        if self._family == addresses.AF_UNIX:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        host, port = self._checked(address)
        target = lookup(host)
        if self._type != addresses.SOCK_STREAM:
            # Datagrams go nowhere; what programs ask of a connected one is its own address.
            self._peer = (target, port)
            self._address = (addresses.LOOPBACK, 0)
            return
        self._peer = (target, port)
        ticket = core.host.connect(self._fd, target, port, core.milliseconds(self._timeout))
        if self._timeout == 0:
            raise BlockingIOError(errno.EINPROGRESS, os.strerror(errno.EINPROGRESS))
        result = core.block(ticket)
        if result == 'ETIMEDOUT' and self._timeout is not None:
            raise TimeoutError('timed out')
        self._check(result)

    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as error:
            if error.errno is None:
                return errno.EAGAIN
            return error.errno
        return 0

    # Data

    def recv(self, bufsize, flags=0):
        if bufsize < 0:
            raise ValueError('negative buffersize in recv')
        data = self._receive(bufsize, flags)
        if flags & _MSG_WAITALL:
            while len(data) < bufsize and (more := self._receive(bufsize - len(data), flags)):
                data += more
        return data

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast('B')
        data = self._receive(nbytes or len(view), flags)
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0):
        return self.recv(bufsize, flags), self._peer

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return self.recv_into(buffer, nbytes, flags), self._peer

    def recvmsg(self, bufsize, ancbufsize=0, flags=0):
        return self.recv(bufsize, flags), [], 0, self._peer

    def _receive(self, count, flags):
        peek = bool(flags & _MSG_PEEK)
        received = self._retry(lambda: core.host.recv(self._fd, count, peek), READ, flags)
        return received.to_bytes()

    def send(self, data, flags=0):
        payload = core.to_js(memoryview(data).cast('B'))
        return self._retry(lambda: core.host.send(self._fd, payload, 0), WRITE, flags)

    def sendall(self, data, flags=0):
        view = memoryview(data).cast('B')
        payload = core.to_js(view)
        sent = 0
        while sent < len(view):
            sent += self._retry(lambda: core.host.send(self._fd, payload, sent), WRITE, flags)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        return self.send(b''.join(bytes(buffer) for buffer in buffers), flags)

    def sendto(self, data, *flags_and_address):
        if self._type != addresses.SOCK_STREAM:
            raise addresses.error_from('ENETUNREACH')
        return self.send(data)

    def shutdown(self, how):
        self._check(core.host.shutdown(self._fd, int(how)))

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            described.pop(fd, None)
            core.host.close(fd)

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    # Questions and options

    def getsockname(self):
        if self._family == addresses.AF_UNIX:
            return ''
        if self._address is None:
            return (addresses.LOOPBACK, core.host.localPort(self._fd)) if self._peer else ('0.0.0.0', 0)
        return self._address

    def getpeername(self):
        if self._family == addresses.AF_UNIX:
            return ''
        port = core.host.peerPort(self._fd)
        if port < 0 and self._peer is None:
            raise addresses.error_from('ENOTCONN')
        return self._peer or (addresses.LOOPBACK, port)

    def setsockopt(self, level, option, value, optlen=None):
        if isinstance(value, int):
            self._options[level, option] = value

    def getsockopt(self, level, option, buflen=0):
        value = self._options.get((level, option), 0)
        if level == _SOL_SOCKET:
            if option == _SO_TYPE:
                value = self._type
            elif option == _SO_DOMAIN:
                value = self._family
            elif option == _SO_PROTOCOL:
                value = self._proto or addresses.IPPROTO_TCP
            elif option == _SO_ACCEPTCONN:
                value = int(self._listening)
            elif option in (_SO_SNDBUF, _SO_RCVBUF):
                value = value or 212992
            elif option == _SO_ERROR:
                code = core.host.takeError(self._fd)
                value = getattr(errno, code, errno.EIO) if code else 0
        if not buflen:
            return value
        return value.to_bytes(4, 'little')[:buflen].ljust(buflen, b'\0')

    def settimeout(self, value):
        if value is not None:
            value = float(value)
            if value < 0:
                raise ValueError('Timeout value out of range')
        self._timeout = value

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0

    # Inner workings

    def _checked(self, address):
        if not isinstance(address, tuple):
            raise TypeError(f'AF_INET address must be tuple, not {type_name(address)}')
        if len(address) != 2:
            raise TypeError('AF_INET address must be a pair (host, port)')
        host, port = address
        if isinstance(host, (bytes, bytearray)):
            host = bytes(host).decode()
        if not isinstance(host, str):
            raise TypeError('str, bytes or bytearray expected, not ' + type_name(host))
        port = port.__index__()
        if not 0 <= port <= 65535:
            raise OverflowError('port must be 0-65535.')
        return host, port

    @staticmethod
    def _check(result):
        if isinstance(result, str) and result:
            raise addresses.error_from(result)

    def _retry(self, operation, event, flags=0):
        """Runs a host operation that answers 'EAGAIN' while it would block, waiting as the timeout says."""
        while True:
            result = operation()
            if not isinstance(result, str):
                return result
            if result != 'EAGAIN':
                raise addresses.error_from(result)
            if self._timeout == 0 or flags & _MSG_DONTWAIT:
                raise BlockingIOError(errno.EAGAIN, 'Resource temporarily unavailable')
            if not core.block(core.host.waitFor(self._fd, event, core.milliseconds(self._timeout))):
                raise TimeoutError('timed out')


def type_name(value):
    return type(value).__name__


def lookup(host):
    """The address of a host name. Raises socket.gaierror."""
    try:
        return addresses.resolve(host)
    except addresses.HostError as error:
        raise _gaierror(*error.args) from None


def set_lookup_error(kind):
    global _gaierror
    _gaierror = kind
