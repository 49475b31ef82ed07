const http = require('node:http');
const { URL } = require('node:url');
const querystring = require('node:querystring');
const zlib = require('node:zlib');
const fs = require('node:fs');
const store = new Map();
const server = http.createServer({ maxHeaderSize: 4096, keepAliveTimeout: 3000 }, (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const body = [];
  req.on('data', (chunk) => body.push(chunk)).on('end', () => route(req, res, url, Buffer.concat(body)));
});
function route(req, res, url, body) {
  if (url.pathname === '/headers') {
    res.setHeader('Set-Cookie', ['a=1', 'b=2; Path=/']);
    res.setHeader('X-Mixed-CASE', 'v');
    res.appendHeader('X-App', '1');
    res.appendHeader('X-App', '2');
    return res.end(JSON.stringify({ headers: req.headers, raw: req.rawHeaders, distinct: req.headersDistinct['x-dup'], version: req.httpVersion }));
  }
  if (url.pathname === '/writehead') {
    res.setHeader('X-First', '1');
    res.writeHead(201, 'Made Up', { 'Content-Type': 'text/x', 'X-First': '2' });
    return res.end('made');
  }
  if (url.pathname === '/array') {
    res.writeHead(200, ['X-A', '1', 'X-A', '2', 'X-B', '3']);
    return res.end();
  }
  if (url.pathname === '/chunked') {
    res.write('a');
    res.write('');
    setImmediate(() => res.end('b'));
    return;
  }
  if (url.pathname === '/nodate') {
    res.sendDate = false;
    res.shouldKeepAlive = false;
    return res.end('x');
  }
  if (url.pathname === '/status') {
    res.statusCode = Number(url.searchParams.get('code'));
    res.statusMessage = url.searchParams.get('text') ?? '';
    return res.end('body');
  }
  if (url.pathname === '/errors') {
    const tries = [() => res.setHeader('bad name', 1), () => res.setHeader('x', 'a\nb'), () => res.setHeader('x'), () => res.writeHead(99), () => res.write(5), () => res.setHeader('x', 'ü€'), () => res.getHeader(5), () => http.request('ftp://x'), () => http.request({ path: '/a b' }), () => http.request({ method: 'A B' })];
    return res.end(JSON.stringify(tries.map((f) => {
      try {
        return String(f());
      } catch (error) {
        return `${error.name} ${error.code}: ${error.message}`;
      }
    })));
  }
  if (url.pathname === '/query') return res.end(JSON.stringify({ search: [...url.searchParams], parsed: querystring.parse(url.search.slice(1)), built: querystring.stringify({ a: [1, 2], b: 'x y', c: '' }) }));
  if (url.pathname === '/deflate') {
    res.setHeader('Content-Encoding', 'deflate');
    return zlib.deflate('deflated '.repeat(20), (error, data) => res.end(data));
  }
  if (url.pathname.startsWith('/kv/')) {
    const key = decodeURIComponent(url.pathname.slice(4));
    if (req.method === 'PUT') return store.set(key, body.toString()), res.writeHead(204).end();
    if (req.method === 'DELETE') return res.writeHead(store.delete(key) ? 204 : 404).end();
    return store.has(key) ? res.end(store.get(key)) : res.writeHead(404, { 'Content-Type': 'text/plain' }).end('none\n');
  }
  if (url.pathname === '/self') {
    return http.get({ port: req.socket.localPort, path: '/kv/self', headers: { 'X-Via': 'self' } }, (inner) => {
      let text = '';
      inner.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => res.end(JSON.stringify({ status: inner.statusCode, headers: Object.keys(inner.headers), text })));
    });
  }
  if (url.pathname === '/refused') return http.get({ port: 1, host: '127.0.0.1' }).on('error', (error) => res.end(`${error.code} ${error.syscall} ${error.port} ${error.message}`));
  if (url.pathname === '/fetch') {
    return fetch(`http://localhost:${req.socket.localPort}/kv/self`, { method: 'PUT', body: 'by fetch', headers: { 'X-F': '1' } }).then((response) => fetch(response.url)).then(async (response) => res.end(JSON.stringify({ ok: response.ok, text: await response.text(), type: response.headers.get('content-type') })), (error) => res.end(`${error}: ${error.cause}`));
  }
  if (url.pathname === '/throw') throw new Error('in a request');
  res.end(`${req.method} ${req.url} ${body.length}\n`);
}
server.on('clientError', (error, socket) => {
  console.log('client error', error.code);
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
});
server.on('checkContinue', (req, res) => {
  res.writeContinue();
  res.end('continued');
});
server.on('upgrade', (req, socket) => socket.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${req.headers.upgrade}\r\nConnection: Upgrade\r\n\r\nhello`));
server.on('connect', (req, socket) => socket.end(`HTTP/1.1 200 Connected\r\n\r\n${req.url}`));
process.on('uncaughtException', (error, origin) => console.log(origin, error.message));
server.listen(process.env.PORT || 3000, () => console.log('ready', server.listening));
process.on('SIGTERM', () => server.close(() => console.log('closed')));
