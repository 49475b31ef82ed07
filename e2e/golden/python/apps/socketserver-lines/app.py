import os
import signal
import socketserver
import sys
import threading

store = {}
lock = threading.Lock()


class Handler(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self):
        self.wfile.write(b'+ready\r\n')
        for line in self.rfile:
            words = line.decode('utf-8', 'replace').strip().split(' ', 2)
            match words:
                case ['SET', key, value]:
                    with lock:
                        store[key] = value
                    self.reply('+OK')
                case ['GET', key]:
                    self.reply(f'${store[key]}' if key in store else '-missing')
                case ['KEYS']:
                    self.reply(' '.join(sorted(store)))
                case ['FAIL']:
                    raise RuntimeError('asked to fail')
                case ['QUIT']:
                    self.reply('+bye')
                    return
                case _:
                    self.reply(f'-unknown {words[0]!r}')

    def reply(self, text):
        self.wfile.write(text.encode() + b'\r\n')

    def finish(self):
        super().finish()
        print('finished', flush=True)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        print('error:', repr(sys.exception()), client_address[0], flush=True)


with Server(('0.0.0.0', int(os.environ['PORT'])), Handler) as server:
    signal.signal(signal.SIGTERM, lambda number, frame: threading.Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.05)
print('shut down', flush=True)
sys.exit(3)
