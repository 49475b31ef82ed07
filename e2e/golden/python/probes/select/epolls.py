import os
import select
import selectors
import socket
import threading


def show(label, action):
    try:
        print(label, action())
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        print(label, type(error).__name__, error)


left, right = socket.socketpair()
epoll = select.epoll()
epoll.register(left, select.EPOLLIN)
print(epoll.poll(0), epoll.closed, epoll.fileno() > 2)
right.send(b'abc')
print([events for _fd, events in epoll.poll()])
print([events for _fd, events in epoll.poll(1)])
epoll.modify(left, select.EPOLLIN | select.EPOLLOUT)
print([events for _fd, events in epoll.poll(1)])
show('twice', lambda: epoll.register(left))
show('unknown', lambda: epoll.modify(right, select.EPOLLIN))
show('unknown', lambda: epoll.unregister(right))
show('negative', lambda: epoll.register(-1))
show('no file', lambda: epoll.register('x'))
closed = os.pipe()[1]
os.close(closed)
show('closed', lambda: epoll.register(closed))
with open('file', 'w') as file:
    show('file', lambda: epoll.register(file))
show('maxevents', lambda: epoll.poll(0, 0))
show('timeout', lambda: epoll.poll('x'))
epoll.unregister(left)
print(epoll.poll(0))

epoll.register(left, select.EPOLLIN | select.EPOLLET)
print(len(epoll.poll(0)), len(epoll.poll(0)))
right.send(b'more')
print(len(epoll.poll(1)), len(epoll.poll(0)))
epoll.modify(left, select.EPOLLIN | select.EPOLLONESHOT)
print(len(epoll.poll(0)), len(epoll.poll(0)))
right.send(b'again')
print(len(epoll.poll(0)))
epoll.modify(left, select.EPOLLIN | select.EPOLLONESHOT)
print(len(epoll.poll(0)))
left.recv(100)
epoll.modify(left, select.EPOLLIN | select.EPOLLRDHUP)
right.close()
print([events for _fd, events in epoll.poll(1)])
left.close()
print(epoll.poll(0))
epoll.close()
print(epoll.closed)
show('closed', lambda: epoll.poll(0))
show('closed', epoll.fileno)
show('flags', lambda: select.epoll(flags=12345))
show('size', lambda: select.epoll(sizehint=-2))

pairs = [socket.socketpair() for _ in range(5)]
with select.epoll() as epoll:
    for one, other in pairs:
        epoll.register(one, select.EPOLLIN)
        other.send(b'!')
    print(len(epoll.poll()), len(epoll.poll(maxevents=2)))
    for one, _other in pairs:
        one.recv(1)
    threading.Timer(0.02, lambda: pairs[3][1].send(b'later')).start()
    print([fd == pairs[3][0].fileno() for fd, _events in epoll.poll()])

print(selectors.DefaultSelector is selectors.EpollSelector)
for kind in (selectors.EpollSelector, selectors.PollSelector, selectors.SelectSelector, selectors.DefaultSelector):
    with kind() as selector:
        left, right = socket.socketpair()
        key = selector.register(left, selectors.EVENT_READ | selectors.EVENT_WRITE, 'data')
        print(kind.__name__, key.data, [(key.data, mask) for key, mask in selector.select(0)])
        right.send(b'x')
        print([(key.data, mask) for key, mask in selector.select(1)])
        selector.modify(left, selectors.EVENT_READ)
        print([mask for _key, mask in selector.select(1)], len(selector.get_map()))
        try:
            selector.register(left, 1)
        except KeyError as error:
            print('already registered' in str(error))
        right.close()
        left.recv(1)
        print([mask for _key, mask in selector.select(1)])
        selector.unregister(left)
        print(selector.select(0), selector.select(0.01))
        left.close()
