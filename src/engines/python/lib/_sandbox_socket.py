"""`_socket`: internet and local sockets over the sandbox's connections. `socket.py` above it is unmodified."""

import errno
import time

import _sandbox_address as addresses
import _sandbox_core as core
from _sandbox_address import AF_INET, AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_STREAM
from _sandbox_socket_checks import checked_timeout, is_open, socket_file, type_error, view_of, writable_view

READ, WRITE = 1, 4
TYPE_MASK = 0xF
_SOCK_NONBLOCK, _SOCK_CLOEXEC = 0x800, 0x80000
_MSG_OOB, _MSG_PEEK, _MSG_TRUNC, _MSG_DONTWAIT, _MSG_WAITALL = 1, 2, 0x20, 0x40, 0x100
_SO_BROADCAST = 6
_PROTOCOLS = {SOCK_STREAM: {0, 6, 262}, SOCK_DGRAM: {0, 17, 136}}

default_timeout = None
"""Timeout of new sockets; `socket.setdefaulttimeout` sets it."""


class socket:
    """A socket object as the C module has it: `socket.socket` of the standard library derives from it."""

    __slots__ = ('_fd', '_family', '_type', '_proto', '_timeout')

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._timeout = default_timeout
        self._fd = -1
        if fileno is not None:
            self._adopt(family, type, proto, fileno)
            return
        self._family = AF_INET if family == -1 else int(family)
        kind = SOCK_STREAM if type == -1 else int(type)
        self._type = kind & TYPE_MASK
        self._proto = 0 if proto == -1 else int(proto)
        if self._family not in (AF_INET, AF_INET6, AF_UNIX):
            raise addresses.error_from('EAFNOSUPPORT')
        if kind & ~(TYPE_MASK | _SOCK_NONBLOCK | _SOCK_CLOEXEC):
            raise addresses.error_from('EINVAL')
        if self._type == 3 and self._proto and self._family != AF_UNIX:
            raise addresses.error_from('EPERM')
        if self._type not in _PROTOCOLS:
            raise addresses.error_from('EPROTONOSUPPORT' if self._type in (3, 5) else 'EINVAL')
        if self._proto not in (_PROTOCOLS[self._type] if self._family != AF_UNIX else {0}):
            raise addresses.error_from('EPROTONOSUPPORT')
        if kind & _SOCK_NONBLOCK:
            self._timeout = 0.0
        self._fd = core.host.openSocket(self._family, self._type, self._proto)
        if self._timeout is not None:
            core.host.setBlocking(self._fd, False)

    def _adopt(self, family, type, proto, fileno):
        fd = fileno.__index__() if hasattr(fileno, '__index__') else None
        if fd is None:
            raise type_error(fileno)
        if fd < 0:
            raise ValueError('negative file descriptor')
        known = core.host.describe(fd)
        known = list(known) if known else None
        if known is None:
            raise addresses.error_from('ENOTSOCK' if is_open(fd) else 'EBADF')
        self._family = known[0] if family == -1 else int(family)
        self._type = known[1] if type == -1 else int(type) & TYPE_MASK
        self._proto = known[2] if proto == -1 else int(proto)
        self._fd = fd
        if self._timeout is not None:
            core.host.setBlocking(fd, False)

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
        if self._family == AF_UNIX:
            code = core.host.bindPath(self._fd, *addresses.parse_path(address))
        else:
            host, port = addresses.parse(self._family, address, 'bind')
            if not addresses.is_own(host):
                raise addresses.error_from('EADDRNOTAVAIL')
            code = core.host.bind(self._fd, host, port)
        self._check(code)

    def listen(self, backlog=128):
        self._check(core.host.listen(self._fd, max(0, int(backlog))))

    def _accept(self):
        accepted = self._retry(lambda: core.host.accept(self._fd), READ)
        return accepted, self._seen(core.host.peerAddress(accepted))

    def connect(self, address):
        code = self._begin_connect(address)
        if code == 'EINPROGRESS' and self._timeout != 0:
            if not self._wait(WRITE, self._deadline()):
                raise TimeoutError('timed out')
            code = core.host.connected(self._fd)
        self._check(code)

    def connect_ex(self, address):
        code = self._begin_connect(address)
        if code == 'EINPROGRESS' and self._timeout != 0:
            if not self._wait(WRITE, self._deadline()):
                return errno.EAGAIN
            code = core.host.connected(self._fd)
        return getattr(errno, code, errno.EIO) if code else 0

    def _begin_connect(self, address):
        wait = self._timeout != 0
        if self._family == AF_UNIX:
            path, shown = addresses.parse_path(address)
            if not path.startswith('\0') and (code := socket_file(path)):
                return code
            return core.host.connectPath(self._fd, path, shown)
        host, port = addresses.parse(self._family, address, 'connect')
        if not addresses.is_own(host):
            if self._type == SOCK_DGRAM:
                # Datagrams to the outside go nowhere; what programs ask of such a socket is its own address.
                return core.host.connect(self._fd, host, port, wait)
            core.host.unsupported('missing-binding', f'the sandbox has no network: {host} cannot be reached')
            return 'ENETUNREACH'
        return core.host.connect(self._fd, addresses.unmapped(host), port, wait)

    # Data

    def recv(self, bufsize, flags=0):
        return self._receive(bufsize, flags, 'recv')

    def recv_into(self, buffer, nbytes=0, flags=0):
        return self._fill(buffer, nbytes, flags, 'recv_into')

    def recvfrom(self, bufsize, flags=0):
        return self._receive(bufsize, flags, 'recvfrom'), self._source()[0]

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return self._fill(buffer, nbytes, flags, 'recvfrom_into'), self._source()[0]

    def recvmsg(self, bufsize, ancbufsize=0, flags=0):
        data = self._receive(bufsize, flags, 'recvmsg')
        source, truncated = self._source()
        return data, [], _MSG_TRUNC if truncated else 0, source

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0):
        views = [writable_view(buffer, 'recvmsg_into', 1) for buffer in buffers]
        data = self._receive(sum(map(len, views)), flags, 'recvmsg_into')
        start = 0
        for view in views:
            part = data[start : start + len(view)]
            view[: len(part)] = part
            start += len(part)
        source, truncated = self._source()
        return len(data), [], _MSG_TRUNC if truncated else 0, source

    def _fill(self, buffer, nbytes, flags, caller):
        view = writable_view(buffer, caller, 1)
        if nbytes < 0:
            raise ValueError(f'negative buffersize in {caller}')
        if nbytes > len(view):
            raise ValueError('buffer too small for requested bytes')
        if not len(view):
            return 0
        data = self._receive(nbytes or len(view), flags, caller)
        view[: len(data)] = data
        return len(data)

    def _receive(self, count, flags, caller):
        if count < 0:
            raise ValueError(f'negative buffersize in {caller}')
        if flags & _MSG_OOB:
            raise addresses.error_from('EINVAL')
        peek = bool(flags & _MSG_PEEK)
        data = self._retry(lambda: core.host.recv(self._fd, count, peek), READ, flags).to_bytes()
        if flags & _MSG_WAITALL and self._type == SOCK_STREAM:
            while len(data) < count:
                left = count - len(data)
                more = self._retry(lambda: core.host.recv(self._fd, left, False), READ, flags).to_bytes()
                if not more:
                    break
                data += more
        return data

    def _source(self):
        """The sender of the datagram just received (None of a stream), and whether it was cut."""
        if self._type != SOCK_DGRAM:
            return None, False
        source, truncated = core.host.arrival(self._fd)
        return self._seen(source), truncated

    def send(self, data, flags=0):
        return self._send_all_at_once(view_of(data), flags)

    def _send_all_at_once(self, view, flags):
        payload = core.to_js(view)
        return self._retry(lambda: core.host.send(self._fd, payload, 0), WRITE, flags)

    def sendall(self, data, flags=0):
        view = view_of(data)
        if self._type == SOCK_DGRAM:
            self._send_all_at_once(view, flags)
            return
        payload = core.to_js(view)
        deadline = self._deadline()
        sent = 0
        while sent < len(view):
            sent += self._retry(lambda: core.host.send(self._fd, payload, sent), WRITE, flags, deadline)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        data = b''.join(bytes(view_of(buffer)) for buffer in buffers)
        for level, kind, _payload in ancdata:
            core.host.unsupported('missing-binding', f'socket.sendmsg: ancillary data ({level}, {kind}) is not passed on')
            raise addresses.error_from('EOPNOTSUPP')
        return self.send(data, flags) if address is None else self.sendto(data, flags, address)

    def sendto(self, data, *flags_and_address):
        if not 1 <= len(flags_and_address) <= 2:
            raise TypeError(f'sendto() takes 2 or 3 arguments ({1 + len(flags_and_address)} given)')
        address = flags_and_address[-1]
        flags = flags_and_address[0] if len(flags_and_address) == 2 else 0
        payload = core.to_js(view_of(data))
        if self._type != SOCK_DGRAM:
            return self.send(data, flags)
        if self._family == AF_UNIX:
            path, _shown = addresses.parse_path(address)
            if not path.startswith('\0') and (code := socket_file(path)):
                raise addresses.error_from(code)
            return self._retry(lambda: core.host.sendTo(self._fd, payload, path, -1), WRITE, flags)
        host, port = addresses.parse(self._family, address, 'sendto')
        if host == '255.255.255.255' and not core.host.option(self._fd, 1, _SO_BROADCAST):
            raise addresses.error_from('EACCES')
        if port == 0:
            raise addresses.error_from('EINVAL')
        if not addresses.is_own(host):
            raise addresses.error_from('ENETUNREACH')
        host = addresses.unmapped(host)
        return self._retry(lambda: core.host.sendTo(self._fd, payload, host, port), WRITE, flags)

    def shutdown(self, how, /):
        if how not in (0, 1, 2):
            raise addresses.error_from('EINVAL' if core.host.isOpen(self._fd) else 'EBADF')
        self._check(core.host.shutdown(self._fd, int(how)))

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            core.host.close(fd)

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    # Questions and options

    def getsockname(self):
        self._check_open()
        local = core.host.localAddress(self._fd)
        if local is None:
            return {AF_UNIX: '', AF_INET: ('0.0.0.0', 0), AF_INET6: ('::', 0, 0, 0)}[self._family]
        return self._seen(local)

    def getpeername(self):
        self._check_open()
        peer = core.host.peerAddress(self._fd)
        if peer is None:
            raise addresses.error_from('ENOTCONN')
        return self._seen(peer)

    def setsockopt(self, level, option, value=..., optlen=None, /):
        if value is ...:
            raise TypeError('setsockopt() takes exactly 3 arguments (2 given)')
        import _sandbox_socket_options as options

        options.set_option(self, level, option, bytes(optlen or 0) if value is None else value)

    def getsockopt(self, level, option, buflen=0, /):
        import _sandbox_socket_options as options

        return options.get_option(self, level, option, buflen)

    def settimeout(self, value, /):
        value = checked_timeout(value)
        self._check_open()
        self._timeout = value
        core.host.setBlocking(self._fd, value is None)

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag, /):
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0

    # Inner workings

    def _seen(self, address):
        if address is not None and not isinstance(address, str):
            address = address.to_py()
        return addresses.to_python(self._family, address)

    def _check_open(self):
        if not core.host.isOpen(self._fd):
            raise addresses.error_from('EBADF')

    @staticmethod
    def _check(result):
        if isinstance(result, str) and result:
            raise addresses.error_from(result)

    def _deadline(self):
        return None if self._timeout is None else time.monotonic() + self._timeout

    def _wait(self, event, deadline):
        """Waits for an event of this socket; False when the deadline passed before."""
        left = None if deadline is None else max(0, deadline - time.monotonic())
        return core.block(core.host.waitFor(self._fd, event, core.milliseconds(left))) is not False

    def _retry(self, operation, event, flags=0, deadline=None):
        """Runs a host operation that answers 'EAGAIN' while it would block, waiting as the timeout says."""
        result = operation()
        while isinstance(result, str):
            if result != 'EAGAIN':
                raise addresses.error_from(result)
            if self._timeout == 0 or flags & _MSG_DONTWAIT:
                raise addresses.error_from('EAGAIN')
            if self._timeout is None:
                if not core.host.isBlocking(self._fd):
                    raise addresses.error_from('EAGAIN')
            elif deadline is None:
                deadline = self._deadline()
            expired = not self._wait(event, deadline)
            result = operation()
            if expired and result == 'EAGAIN':
                raise TimeoutError('timed out')
        return result
