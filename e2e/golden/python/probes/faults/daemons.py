"""Daemon threads end in silence with the program, whatever they wait for."""
import atexit
import queue
import socket
import sqlite3
import threading
import time

seen = []
waiting = queue.Queue()
lock = threading.Lock()
lock.acquire()
listener = socket.create_server(('127.0.0.1', 0))
database = sqlite3.connect(':memory:')


def loop():
    while True:
        time.sleep(0.01)
        seen.append(1)


for target in (loop, lambda: print(waiting.get(), seen), lambda: print(lock.acquire(), seen), lambda: print(listener.accept(), seen)):
    threading.Thread(target=target, daemon=True).start()
timer = threading.Timer(30, lambda: print('late', seen))
timer.daemon = True
timer.start()
slow = threading.Thread(target=lambda: (time.sleep(0.4), print('waited for')))
slow.start()
atexit.register(lambda: (time.sleep(0.05), print('bye', len(seen) > 2)))
time.sleep(0.1)
print('end of the program', len(seen) > 1)
