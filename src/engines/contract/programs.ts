import type { Language } from '../engine.ts';
import type { Programs } from './kit.ts';

/** Programs of the contract's cases, using nothing but the language's own library. */
export const programs: Readonly<Record<Language, Programs>> = {
  node: {
    command: 'node',
    extension: 'cjs',
    report: `
      console.log(JSON.stringify(process.argv.slice(2)));
      console.log(process.env.WORD);
      console.log(process.cwd());
      console.error('to stderr');
      process.exitCode = 7;`,
    spin: 'for (;;);',
    wait: 'setInterval(() => {}, 1000);',
    append: `
      const fs = require('fs');
      const [letter, file] = process.argv.slice(2);
      for (let i = 0; i < 100; i++) fs.appendFileSync(file, letter);`,
    upper: `
      let all = '';
      process.stdin.setEncoding('utf8').on('data', (part) => (all += part)).on('end', () => process.stdout.write(all.toUpperCase()));`,
    server: `
      const http = require('http');
      const routes = {
        '/text': (q, r) => r.end('hello'),
        '/empty': (q, r) => { r.statusCode = 204; r.end(); },
        '/bytes': (q, r) => r.end(Buffer.from(Array.from({ length: 256 }, (_, i) => i))),
        '/big': (q, r) => r.end('x'.repeat(2 ** 20)),
        '/headers': (q, r) => {
          r.setHeader('X-Order', '1');
          r.setHeader('Set-Cookie', ['a=1; Path=/', 'b=2; HttpOnly']);
          r.setHeader('X-Last', '2');
          r.end();
        },
        '/chunked': (q, r) => { r.write('one '); setTimeout(() => { r.write('two '); r.end('three'); }, 20); },
        '/slow': (q, r) => setTimeout(() => r.end('slow'), 500),
        '/echo': (q, r) => {
          const twice = q.rawHeaders.filter((_, i) => i % 2 === 1 && /^x-twice$/i.test(q.rawHeaders[i - 1]));
          r.setHeader('X-Seen', q.method + ' ' + q.url + ' ' + twice.join(','));
          q.pipe(r);
        },
        '/exit': (q, r) => { r.writeHead(200, { 'Content-Length': '100' }); r.write('part'); setTimeout(() => process.exit(3), 20); },
      };
      http.createServer((q, r) => (routes[q.url.split('?')[0]] ?? ((_, s) => { s.statusCode = 404; s.end(); }))(q, r))
        .listen(Number(process.argv[2]), '127.0.0.1');`,
  },
  python: {
    command: 'python3',
    extension: 'py',
    report: `
import json, os, sys
print(json.dumps(sys.argv[1:]))
print(os.environ['WORD'])
print(os.getcwd())
print('to stderr', file=sys.stderr)
sys.exit(7)
`,
    spin: 'while True: pass\n',
    wait: 'import time\nwhile True: time.sleep(1)\n',
    append: `
import sys
letter, file = sys.argv[1:]
for _ in range(100):
    with open(file, 'a') as out:
        out.write(letter)
`,
    upper: 'import sys\nsys.stdout.write(sys.stdin.read().upper())\n',
    server: `
import os, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, headers=()):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.split('?')[0]
        if path == '/text':
            self.answer(b'hello')
        elif path == '/empty':
            self.answer(b'', 204)
        elif path == '/bytes':
            self.answer(bytes(range(256)))
        elif path == '/big':
            self.answer(b'x' * 2 ** 20)
        elif path == '/headers':
            self.answer(b'', 200, [('X-Order', '1'), ('Set-Cookie', 'a=1; Path=/'), ('Set-Cookie', 'b=2; HttpOnly'), ('X-Last', '2')])
        elif path == '/chunked':
            self.send_response_only(200)
            self.send_header('Transfer-Encoding', 'chunked')
            self.end_headers()
            for part in (b'one ', b'two ', b'three', b''):
                self.wfile.write(b'%x\\r\\n%s\\r\\n' % (len(part), part))
        elif path == '/slow':
            time.sleep(0.5)
            self.answer(b'slow')
        elif path == '/exit':
            self.send_response_only(200)
            self.send_header('Content-Length', '100')
            self.end_headers()
            self.wfile.write(b'part')
            self.wfile.flush()
            threading.Timer(0.05, lambda: os._exit(3)).start()
            time.sleep(5)
        else:
            self.answer(b'', 404)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        seen = f"{self.command} {self.path} {','.join(self.headers.get_all('X-Twice'))}"
        self.answer(body, 200, [('X-Seen', seen)])

ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`,
  },
};
