import { createServer } from 'node:http';
import { once } from 'node:events';
const server = createServer((req, res) => {
  const url = new URL(req.url, 'http://x');
  if (url.pathname === '/redirect') return res.writeHead(302, { Location: '/echo?redirected' }).end();
  if (url.pathname === '/redirect307') return res.writeHead(307, { Location: '/echo' }).end();
  if (url.pathname === '/loop') return res.writeHead(302, { Location: '/loop' }).end();
  if (url.pathname === '/die') return req.socket.destroy();
  if (url.pathname === '/slow') return;
  if (url.pathname === '/cookies') return res.writeHead(200, [['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']].flat()).end();
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const body = Buffer.concat(chunks).toString().replace(/-{4,}formdata-undici-\d+/g, '--boundary');
    const { host, 'content-type': type, ...headers } = req.headers;
    res.writeHead(url.pathname === '/missing' ? 404 : 200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ method: req.method, url: req.url, headers, type: type?.replace(/-{4,}formdata-undici-\d+/, '--boundary'), body }));
  });
});
await once(server.listen(0), 'listening');
const at = (path) => `http://localhost:${server.address().port}${path}`;
const show = async (name, promise) => {
  try {
    console.log(name, await promise);
  } catch (error) {
    console.log(name, 'rejects', error.name, error.message.replace(/:\d{4,5}/, ':PORT'), error.cause?.code, error.cause?.message?.replace(/:\d{4,5}/, ':PORT'));
  }
};
const json = async (...args) => (await fetch(...args)).json();
await show('get', json(at('/echo')));
await show('post json', json(at('/echo'), { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json', 'X-A': 'b' } }));
await show('text', json(at('/echo'), { method: 'POST', body: 'ü' }));
await show('params', json(at('/echo'), { method: 'POST', body: new URLSearchParams({ a: 'b c' }) }));
const form = new FormData();
form.append('field', 'value');
form.append('file', new Blob(['content'], { type: 'text/x' }), 'name.txt');
await show('form', json(at('/echo'), { method: 'PUT', body: form }).then(({ type, body }) => [type, body]));
await show('stream', json(at('/echo'), { method: 'POST', duplex: 'half', body: new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('streamed')); c.close(); } }) }));
const missing = await fetch(at('/missing'));
console.log(missing.status, missing.ok, missing.statusText, missing.redirected, missing.type, [...missing.headers].map(([name]) => name), missing.bodyUsed);
await missing.text();
await show('read twice', missing.text());
const redirected = await fetch(at('/redirect'));
console.log(redirected.redirected, redirected.url.replace(/:\d+/, ''), (await redirected.json()).url);
await show('307', json(at('/redirect307'), { method: 'POST', body: 'kept' }));
await show('loop', fetch(at('/loop')));
await show('manual', fetch(at('/redirect'), { redirect: 'manual' }).then((response) => [response.status, response.headers.get('location')]));
await show('no redirect', fetch(at('/redirect'), { redirect: 'error' }));
await show('cookies', fetch(at('/cookies')).then((response) => response.headers.getSetCookie()));
await show('died', fetch(at('/die')));
await show('refused', fetch('http://127.0.0.1:1/'));
await show('timeout', fetch(at('/slow'), { signal: AbortSignal.timeout(20) }));
const abort = new AbortController();
setTimeout(() => abort.abort(), 10);
await show('aborted', fetch(at('/slow'), { signal: abort.signal }));
await show('reason', fetch(at('/slow'), { signal: AbortSignal.abort(new RangeError('mine')) }));
await show('bad url', fetch('/relative'));
await show('bad scheme', fetch('ftp://x/'));
await show('bad method', fetch(at('/'), { method: 'A B' }));
await show('get with body', fetch(at('/'), { body: 'x' }));
await show('data url', fetch('data:text/plain;base64,aGk=').then((response) => response.text()));
const headers = new Headers([['B', '2'], ['a', '1'], ['b', '3']]);
console.log([...headers], headers.get('B'), headers);
const request = new Request(at('/echo'), { method: 'post', headers: { x: 'y' }, body: 'r' });
console.log(request.method, [...request.headers], await request.clone().text(), (await json(request)).body);
console.log(new Response('x', { status: 201 }), Response.json({ a: 1 }).headers.get('content-type'), Response.error().type);
for (const f of [() => new Headers({ 'a b': 1 }), () => new Response('', { status: 99 }), () => new Request('nope'), () => Response.redirect('http://x', 200)]) {
  try {
    f();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
server.closeAllConnections();
server.close();
