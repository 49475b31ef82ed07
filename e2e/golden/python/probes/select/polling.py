import errno
import os
import select
import socket


def show(label, action):
    try:
        print(label, action())
    except (OSError, ValueError, TypeError, KeyError, OverflowError) as error:
        print(label, type(error).__name__, error if not isinstance(error, KeyError) else '')


names = {}


def label(pairs):
    return sorted((names[fd], events) for fd, events in pairs)


left, right = socket.socketpair()
reader, writer = os.pipe()
for name, fd in (('left', left.fileno()), ('right', right.fileno()), ('reader', reader), ('writer', writer)):
    names[fd] = name
poll = select.poll()
for fd in names:
    poll.register(fd)
print(label(poll.poll(0)))
right.send(b'x')
os.write(writer, b'y')
print(label(poll.poll(0)))
poll.modify(left, select.POLLIN)
poll.modify(writer, select.POLLIN)
print(label(poll.poll(100)))
left.recv(10)
os.read(reader, 10)
print(label(poll.poll(0)))
right.shutdown(socket.SHUT_WR)
poll.register(left, select.POLLIN | select.POLLRDHUP)
print(label(poll.poll(0)))
os.close(writer)
del names[writer]
poll.unregister(writer)
print(label(poll.poll(0)))
right.close()
print(label((fd, events) for fd, events in poll.poll(0) if fd in names and names[fd] != 'right'))
show('unknown', lambda: poll.unregister(writer))
show('modify unknown', lambda: poll.modify(writer, 1))
show('negative', lambda: poll.register(-1))
show('no file', lambda: poll.register('x'))
show('mask', lambda: poll.register(reader, -1))
show('mask', lambda: poll.register(reader, 1 << 20))
show('timeout', lambda: poll.poll('x'))
empty = select.poll()
print(empty.poll(5), empty.poll(0))

left, right = socket.socketpair()
print([len(part) for part in select.select([left], [left], [left], 0)])
right.send(b'1')
print([part == [left] for part in select.select([left], [left], [], 0)])
print(select.select([], [], [], 0.001))
show('negative timeout', lambda: select.select([], [], [], -1))
show('text timeout', lambda: select.select([], [], [], 'x'))
show('no sequence', lambda: select.select(1, [], []))
show('no descriptor', lambda: select.select(['x'], [], []))
show('negative descriptor', lambda: select.select([-1], [], []))
right.close()
with open('file', 'w+') as file:
    print(select.select([file], [file], [], 1) == ([file], [file], []))
    filepoll = select.poll()
    filepoll.register(file)
    print([events for _fd, events in filepoll.poll(0)])
closed = os.pipe()[0]
os.close(closed)
show('closed', lambda: select.select([closed], [], [], 0))
badpoll = select.poll()
badpoll.register(closed)
print([events for _fd, events in badpoll.poll(0)] == [select.POLLNVAL])

server = socket.create_server(('127.0.0.1', 0))
poll = select.poll()
poll.register(server)
print([events for _fd, events in poll.poll(0)])
client = socket.create_connection(server.getsockname())
print([events for _fd, events in poll.poll(1000)])
fresh = socket.socket()
poll = select.poll()
poll.register(fresh)
print([events for _fd, events in poll.poll(0)])
datagram = socket.socket(type=socket.SOCK_DGRAM)
poll = select.poll()
poll.register(datagram)
print([events for _fd, events in poll.poll(0)])
print(select.PIPE_BUF, errno.EBADF)
