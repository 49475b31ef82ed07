import errno
import select
import socket


def show(label, action):
    try:
        result = action()
        print(label, 'ok' if isinstance(result, socket.socket) else result)
        return result
    except OSError as error:
        print(label, type(error).__name__, error.errno, error)


first = socket.socket()
first.bind(('127.0.0.1', 0))
port = first.getsockname()[1]
print(port > 1023)
second = socket.socket()
show('bind twice', lambda: second.bind(('127.0.0.1', port)))
show('bind any', lambda: second.bind(('0.0.0.0', port)))
show('rebind', lambda: first.bind(('127.0.0.1', 0)))
show('connect before listen', lambda: socket.create_connection(('127.0.0.1', port)))
first.listen()
show('accepting', lambda: first.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
show('reuse of a listener', lambda: second.bind(('127.0.0.1', port)))
first.setblocking(False)
show('accept', first.accept)
client = socket.socket()
client.setblocking(False)
code = client.connect_ex(('127.0.0.1', port))
print(errno.errorcode[code])
select.select([], [client], [])
print(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
select.select([first], [], [])
server, address = first.accept()
print(address == client.getsockname(), server.getblocking(), client.getblocking())
show('connect again', lambda: client.connect_ex(('127.0.0.1', port)))
first.close()
show('refused', lambda: socket.create_connection(('127.0.0.1', port)))
refused = socket.socket()
show('refused code', lambda: errno.errorcode[refused.connect_ex(('127.0.0.1', port))])
refused.setblocking(False)
print(errno.errorcode[refused.connect_ex(('127.0.0.1', port))])
select.select([], [refused], [], 5)
print(errno.errorcode[refused.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)])

one, two = socket.socket(), socket.socket()
for sock in (one, two):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
one.bind(('127.0.0.1', 0))
show('both reuse', lambda: two.bind(one.getsockname()))
one.listen()
show('second listens', two.listen)
one.close(), two.close()

one, two = socket.socket(), socket.socket()
for sock in (one, two):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
one.bind(('127.0.0.1', 0))
show('reuse port', lambda: two.bind(one.getsockname()))
one.listen()
show('both listen', two.listen)
one.close(), two.close()

six = show('v6', lambda: socket.create_server(('::', 0), family=socket.AF_INET6))
four = socket.socket()
show('v4 beside v6 only', lambda: four.bind(('0.0.0.0', six.getsockname()[1])))
six.close(), four.close()
both = show('dual', lambda: socket.create_server(('', 0), family=socket.AF_INET6, dualstack_ipv6=True))
number = both.getsockname()[1]
try:
    socket.create_server(('127.0.0.1', number))
except OSError as error:
    print('v4 beside dual', error.errno, str(error).split(' (')[0])
for host in ('127.0.0.1', '::1', 'localhost'):
    with socket.create_connection((host, number)) as client:
        server, address = both.accept()
        print(host, address[0], client.getpeername()[0], server.getsockname()[0])
        server.close()
both.close()
with socket.create_server(('127.0.0.2', 0)) as other:
    show('other loopback', lambda: socket.create_connection(('127.0.0.1', other.getsockname()[1])))
    show('own loopback', lambda: socket.create_connection(other.getsockname()).getpeername() == other.getsockname())
print(socket.has_dualstack_ipv6(), socket.has_ipv6)
print(repr(socket.socket()).split('fd=')[0], socket.socket().type, socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK).gettimeout())
show('timeout', lambda: socket.create_server(('127.0.0.1', 0)).accept() if False else None)
server = socket.create_server(('127.0.0.1', 0))
server.settimeout(0.02)
show('accept timeout', server.accept)
socket.setdefaulttimeout(0.01)
show('default timeout', socket.create_server(('127.0.0.1', 0)).accept)
