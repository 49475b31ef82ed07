import errno
import os
import socket
import stat
import threading


def show(label, action):
    try:
        print(label, action())
    except OSError as error:
        print(label, type(error).__name__, error.errno, error)


path = 'server.sock'
server = socket.socket(socket.AF_UNIX)
server.bind(path)
print(stat.S_ISSOCK(os.stat(path).st_mode), repr(server.getsockname()), os.listdir('.').count(path))
client = socket.socket(socket.AF_UNIX)
show('before listen', lambda: client.connect(path))
server.listen()
client.connect(path)
other, address = server.accept()
print(repr(address), repr(client.getsockname()), repr(client.getpeername()), repr(other.getsockname()), repr(other.getpeername()))
client.sendall(b'hello')
print(other.recv(10))
other.sendall(b'there')
print(client.recv(10))
other.close()
print(client.recv(10))
show('after close', lambda: client.send(b'x'))
client.close()
second = socket.socket(socket.AF_UNIX)
show('again', lambda: second.bind(path))
server.close()
print(os.path.exists(path))
show('nobody', lambda: socket.socket(socket.AF_UNIX).connect(path))
os.unlink(path)
show('no file', lambda: socket.socket(socket.AF_UNIX).connect(path))
show('no folder', lambda: socket.socket(socket.AF_UNIX).bind('missing/x'))
with open('plain', 'w'):
    pass
show('plain file', lambda: socket.socket(socket.AF_UNIX).connect('plain'))
show('plain bind', lambda: socket.socket(socket.AF_UNIX).bind('plain'))
show('pathlike', lambda: socket.socket(socket.AF_UNIX).bind(b'bytes.sock'))
show('long', lambda: socket.socket(socket.AF_UNIX).bind('x' * 108))
abstract = socket.socket(socket.AF_UNIX)
abstract.bind('\0golden probe')
print(abstract.getsockname())
abstract.listen()
client = socket.socket(socket.AF_UNIX)
client.connect(b'\0golden probe')
print(client.getpeername())
print(abstract.accept()[1])


def serve(listener):
    connection, _address = listener.accept()
    with connection:
        while data := connection.recv(100):
            connection.sendall(data.upper())


listener = socket.socket(socket.AF_UNIX)
listener.bind(os.path.abspath('upper.sock'))
listener.listen()
thread = threading.Thread(target=serve, args=(listener,))
thread.start()
with socket.socket(socket.AF_UNIX) as client:
    client.settimeout(5)
    client.connect('upper.sock')
    client.sendall(b'shout')
    print(client.recv(100))
thread.join()
print(errno.ECONNREFUSED)
