import errno
import os
import socket
import threading


def show(label, action):
    try:
        print(label, action())
    except OSError as error:
        print(label, type(error).__name__, error.errno, error)


def pair(family=socket.AF_INET, host='127.0.0.1'):
    with socket.socket(family) as server:
        server.bind((host, 0))
        server.listen(1)
        client = socket.create_connection(server.getsockname()[:2])
        other, address = server.accept()
        assert address == client.getsockname(), (address, client.getsockname())
        assert other.getsockname() == client.getpeername()
        return client, other


client, server = pair()
client.sendall(b'hello')
show('peek', lambda: server.recv(3, socket.MSG_PEEK))
show('recv', lambda: server.recv(100))
server.setblocking(False)
show('would block', lambda: server.recv(1))
server.settimeout(0.01)
show('timeout', lambda: server.recv(1))
show('dontwait', lambda: client.recv(1, socket.MSG_DONTWAIT))
server.settimeout(None)
client.sendall(b'abc')
threading.Timer(0.02, lambda: client.sendall(b'def')).start()
show('waitall', lambda: server.recv(6, socket.MSG_WAITALL))
buffer = bytearray(10)
client.send(b'12345')
show('recv_into', lambda: (server.recv_into(buffer, 3), bytes(buffer)))
show('recvfrom', lambda: server.recvfrom(10))
client.sendmsg([b'one', b'two', bytearray(b'three')])
show('recvmsg', lambda: server.recvmsg(6))
parts = [bytearray(2), bytearray(4)]
show('recvmsg_into', lambda: (server.recvmsg_into(parts), parts))
client.shutdown(socket.SHUT_WR)
show('end', lambda: server.recv(1))
show('end again', lambda: server.recv(1))
show('other way', lambda: (server.send(b'back'), client.recv(10)))
show('send after shutdown', lambda: client.send(b'x'))
server.close()
show('after close', lambda: client.recv(1))
show('shutdown', lambda: client.shutdown(socket.SHUT_RDWR))
client.close()

client, server = pair()
server.close()
show('first send', lambda: client.send(b'x'))
show('second send', lambda: client.send(b'x'))
show('recv', lambda: client.recv(1))
client.close()

client, server = pair()
client.send(b'unread')
server.close()
show('reset', lambda: client.recv(1))
show('after reset', lambda: client.send(b'x'))
client.close()

client, server = pair()
server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
server.close()
show('linger', lambda: client.recv(1))
show('error option', lambda: client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
client.close()

client, server = pair(socket.AF_INET6, '::1')
print(client.family, len(client.getsockname()), server.getpeername()[0], server.getpeername()[2:])
with client, server:
    client.sendall(b'six')
    print(server.recv(9))

for left, right in (socket.socketpair(), pair()):
    with left, right:
        file = left.makefile('rw', newline='\n')
        other = right.makefile('rwb')
        file.write('line one\nline two\n')
        file.flush()
        print(other.readline(), other.readline())
        other.write('äöü\n'.encode())
        other.flush()
        print(file.readline())
        right.shutdown(socket.SHUT_WR)
        print(repr(file.read()))
        left.settimeout(1)
        show('makefile timeout', lambda: left.makefile('rb').read(1))
        file.close()
        other.close()
    show('closed', lambda: left.send(b'x'))

left, right = socket.socketpair()
print(left.family, left.type, repr(left.getsockname()), repr(left.getpeername()))
right.close()
show('pair closed', lambda: left.recv(1))
show('pair send', lambda: left.send(b'x'))
left.close()

left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
left.send(b'one')
left.send(b'')
left.send(b'three')
print(right.recv(10), right.recv(10), right.recv(2), right.recvfrom(10) if False else '')
left.close()
right.close()

left, right = socket.socketpair()
copy = left.dup()
left.close()
copy.sendall(b'through a copy')
print(right.recv(100))
number = copy.detach()
again = socket.socket(fileno=number)
print(again.family, again.type, again.proto, copy.fileno())
again.sendall(b'again')
print(right.recv(100))
os.write(again.fileno(), b'by os')
print(os.read(right.fileno(), 100))
again.close()
right.close()

big = os.urandom(3_000_000)
client, server = pair()
received = bytearray()


def drain():
    while chunk := server.recv(65536):
        received.extend(chunk)


thread = threading.Thread(target=drain)
thread.start()
client.sendall(big)
client.close()
thread.join()
print(bytes(received) == big)
server.close()
print(errno.errorcode[errno.EAGAIN], socket.timeout is TimeoutError, socket.error is OSError, socket.EAI_NONAME)
