import json
import os
import sys
from http import HTTPStatus, cookies
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

os.makedirs('public/docs', exist_ok=True)
with open('public/index.html', 'w') as file:
    file.write('<p>index</p>\n')
with open('public/docs/a b.txt', 'w') as file:
    file.write('spaced\n')
for path in ('public/index.html', 'public/docs/a b.txt', 'public/docs'):
    os.utime(path, (1_600_000_000, 1_600_000_000))


class Files(SimpleHTTPRequestHandler):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, directory='public', **kwargs)


class Api(Files):
    protocol_version = 'HTTP/1.1'
    server_version = 'Golden/1'

    def answer(self, status, body, **headers):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == '/api/query':
            self.answer(200, {'query': parse_qs(url.query, keep_blank_values=True), 'path': url.path})
        elif url.path == '/api/headers':
            self.answer(200, {'names': sorted(self.headers.keys()), 'x': self.headers.get_all('X-Many'), 'version': self.request_version})
        elif url.path == '/api/cookie':
            jar = cookies.SimpleCookie(self.headers.get('Cookie', ''))
            made = cookies.SimpleCookie({'seen': 'yes, it "is"'})
            made['seen']['max-age'] = 60
            made['seen']['httponly'] = True
            self.answer(200, {key: value.value for key, value in jar.items()}, Set_Cookie=made['seen'].OutputString())
        elif url.path == '/api/error':
            self.send_error(HTTPStatus.CONFLICT, 'taken', 'somebody <has> it')
        elif url.path == '/api/crash':
            raise ValueError('crashed')
        elif url.path == '/api/chunked':
            self.send_response(200)
            self.send_header('Transfer-Encoding', 'chunked')
            self.end_headers()
            for part in (b'one', b'two'):
                self.wfile.write(b'%x\r\n%s\r\n' % (len(part), part))
            self.wfile.write(b'0\r\n\r\n')
        elif url.path == '/api/http10':
            self.send_response(200, 'Fine')
            self.end_headers()
            self.close_connection = True
            self.wfile.write(b'until the end')
        else:
            super().do_GET()

    def do_POST(self):
        length = int(self.headers.get('Content-Length', 0))
        body = self.rfile.read(length)
        try:
            self.answer(201, {'got': json.loads(body)}, Location='/api/1')
        except ValueError as error:
            self.answer(400, {'error': str(error)})

    def log_message(self, format, *args):
        print('log:', format % args, flush=True)


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            print('error:', repr(error), flush=True)


server = Server(('', int(os.environ['PORT'])), Api)
try:
    server.serve_forever()
except KeyboardInterrupt:
    print('interrupted', flush=True)
finally:
    server.server_close()
    print('closed', flush=True)
