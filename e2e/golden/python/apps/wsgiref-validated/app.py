import os
import sys
from wsgiref.handlers import SimpleHandler
from wsgiref.headers import Headers
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import FileWrapper, application_uri, request_uri, shift_path_info
from wsgiref.validate import validator


def app(environ, start_response):
    path = environ['PATH_INFO']
    headers = Headers([])
    headers.add_header('Content-Type', 'text/plain', charset='utf-8')
    if path == '/environ':
        wanted = ('REQUEST_METHOD', 'SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'SERVER_PROTOCOL', 'CONTENT_TYPE', 'CONTENT_LENGTH', 'HTTP_X_A', 'wsgi.version', 'wsgi.url_scheme', 'wsgi.multithread', 'wsgi.multiprocess', 'wsgi.run_once', 'GATEWAY_INTERFACE', 'SERVER_SOFTWARE')
        body = ''.join(f'{name}={environ.get(name)!r}\n' for name in wanted)
    elif path.startswith('/shift'):
        first = shift_path_info(environ)
        second = shift_path_info(environ)
        body = f'{first} {second} {environ["SCRIPT_NAME"]} {environ["PATH_INFO"]} {request_uri(environ)} {application_uri(environ)}'
    elif path == '/echo':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size).decode()
    elif path == '/file':
        start_response('200 OK', [('Content-Type', 'text/x-python')])
        with open('small.txt', 'w') as file:
            file.write('line\n' * 3)
        return FileWrapper(open('small.txt', 'rb'), 4)
    elif path == '/list':
        start_response('200 OK', headers.items())
        return [b'a', b'b', b'c']
    elif path == '/errors':
        environ['wsgi.errors'].write('to errors\n')
        body = 'written'
    elif path == '/raise':
        raise LookupError('in the app')
    elif path == '/late':
        write = start_response('200 OK', headers.items())
        write(b'early ')
        try:
            raise ValueError('late')
        except ValueError:
            try:
                start_response('500 Oops', headers.items(), sys.exc_info())
            except ValueError as error:
                return [str(error).encode()]
    elif path == '/invalid':
        start_response('200', headers.items())
        return [b'']
    else:
        start_response('404 Not Found', headers.items())
        return [b'nothing at ' + path.encode('latin-1')]
    start_response('200 OK', headers.items())
    return [body.encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        sys.stdout.write(f'{format % args}\n')
        sys.stdout.flush()


SimpleHandler.os_environ = {}
with make_server('', int(os.environ['PORT']), validator(app), handler_class=Quiet) as server:
    server.serve_forever()
