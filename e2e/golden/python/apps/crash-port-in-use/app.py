import atexit
import os
import socket
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'first')

    def log_message(self, *args):
        pass


class Exclusive(HTTPServer):
    allow_reuse_address = False


atexit.register(print, 'at exit')
port = int(os.environ['PORT'])
first = HTTPServer(('0.0.0.0', port), Handler)
threading.Thread(target=first.serve_forever, daemon=True).start()
time.sleep(0.8)
try:
    socket.create_server(('0.0.0.0', port))
except OSError as error:
    print(error.errno, error.strerror, flush=True)
with socketserver.TCPServer(('127.0.0.1', port), Handler):
    print('never')
