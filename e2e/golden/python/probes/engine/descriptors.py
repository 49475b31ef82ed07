"""Copies of the descriptors of sockets and pipes."""

import os
import selectors
import socket

left, right = socket.socketpair()
other, peer = socket.socketpair()
print(os.dup2(left.fileno(), other.fileno()) == other.fileno())
print(peer.recv(10))
other.send(b'by the copy')
print(right.recv(20))
left.close()
right.send(b'back')
print(other.recv(20))
other.close()
print(right.recv(20))
try:
    os.dup2(left.fileno() if left.fileno() >= 0 else 987654, peer.fileno())
except OSError as error:
    print(error)

reader, writer = os.pipe()
second, unused = os.pipe()
os.dup2(writer, unused)
os.close(writer)
os.write(unused, b'through the second')
print(os.read(reader, 100))
os.close(unused)
print(os.read(reader, 100))

# A selector forgets a descriptor that stands for another pipe meanwhile.
first, last = socket.socketpair()
third, fourth = socket.socketpair()
with selectors.DefaultSelector() as selector:
    number = first.fileno()
    selector.register(first, selectors.EVENT_READ)
    first.detach()
    os.dup2(third.fileno(), number)
    print(len(selector.get_map()))
    selector.unregister(number)
    selector.register(number, selectors.EVENT_READ)
    fourth.send(b'x')
    print([key.fd == number for key, events in selector.select(1)])
os.close(number)
