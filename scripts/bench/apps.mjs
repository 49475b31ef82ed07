/** Servers of one line, for scripts/bench-frameworks.mjs: each a function of its port, on which it answers `{"ok": true}`. */

const node =
  (dependencies, source, file = 'app.js') =>
  (port) => ({
    engine: 'node',
    port,
    files: { 'package.json': JSON.stringify({ dependencies }), [file]: source(port) },
    install: ['npm', ['install']],
    start: ['node', [file]],
  });

const python = (requirements, source, start) => (port) => ({
  engine: 'python',
  port,
  files: { 'requirements.txt': requirements.join('\n'), 'app.py': source(port) },
  install: ['uv', ['pip', 'install', '-r', 'requirements.txt']],
  start: start?.(port) ?? ['python', ['app.py']],
});

const express = (port) =>
  `require('express')().get('/', (request, response) => response.json({ ok: true })).listen(${port});`;

export const apps = {
  'Express 5': node({ express: '^5' }, express),
  'Express 4': node({ express: '^4' }, express),
  'Fastify 5': node(
    { fastify: '^5' },
    (port) => `const app = require('fastify')();
app.get('/', async () => ({ ok: true }));
app.listen({ port: ${port} });`,
  ),
  'Koa 3': node(
    { koa: '^3' },
    (port) => `const Koa = require('koa');
new Koa().use((context) => { context.body = { ok: true }; }).listen(${port});`,
  ),
  'Hono 4': node(
    { hono: '^4', '@hono/node-server': '^1' },
    (port) => `import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.get('/', (context) => context.json({ ok: true }));
serve({ fetch: app.fetch, port: ${port} });`,
    'app.mjs',
  ),
  'node:http': node(
    {},
    (port) => `require('node:http').createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('{"ok":true}');
}).listen(${port});`,
  ),
  'Flask 3, app.run': python(
    ['flask>=3'],
    (port) => `import logging
from flask import Flask
logging.getLogger('werkzeug').setLevel(logging.ERROR)
app = Flask(__name__)
@app.get('/')
def index():
    return {'ok': True}
app.run(port=${port})
`,
  ),
  'FastAPI, uvicorn': python(
    ['fastapi', 'uvicorn'],
    () => `from fastapi import FastAPI
app = FastAPI()
@app.get('/')
async def index():
    return {'ok': True}
`,
    (port) => ['uvicorn', ['app:app', '--port', String(port), '--log-level', 'warning']],
  ),
  'Django, gunicorn': python(
    ['django', 'gunicorn'],
    () => `from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'], SECRET_KEY='none')
urlpatterns = [path('', lambda request: JsonResponse({'ok': True}))]
application = get_wsgi_application()
`,
    (port) => ['gunicorn', ['app', '--bind', `127.0.0.1:${port}`, '--threads', '8', '--log-level', 'error']],
  ),
  'aiohttp 3': python(
    ['aiohttp'],
    (port) => `from aiohttp import web
async def index(request):
    return web.json_response({'ok': True})
app = web.Application()
app.router.add_get('/', index)
web.run_app(app, port=${port}, print=None)
`,
  ),
  'http.server': python(
    [],
    (port) => `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        body = b'{"ok": true}'
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
ThreadingHTTPServer(('127.0.0.1', ${port}), Handler).serve_forever()
`,
  ),
};
