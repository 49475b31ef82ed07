import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { cors } from 'hono/cors';
import { logger } from 'hono/logger';
import { prettyJSON } from 'hono/pretty-json';
import { secureHeaders } from 'hono/secure-headers';
import { basicAuth } from 'hono/basic-auth';
import { bearerAuth } from 'hono/bearer-auth';
import { etag } from 'hono/etag';
import { jwt, sign } from 'hono/jwt';
import { validator } from 'hono/validator';
import { getCookie, setCookie, setSignedCookie, getSignedCookie, deleteCookie } from 'hono/cookie';

const app = new Hono();
app.use('*', logger((...line) => console.log(...line.map((part) => part.replace(/\d+ms$/, 'Nms').replace(/\x1b\[\d+m/g, '')))));
app.use('/api/*', cors({ origin: ['http://a.test'], allowMethods: ['GET', 'PUT'], credentials: true, maxAge: 5 }));
app.use('/secure/*', secureHeaders());
app.use('/pretty/*', prettyJSON());
app.use('/etag/*', etag());
app.use('/basic/*', basicAuth({ username: 'u', password: 'p' }));
app.use('/bearer/*', bearerAuth({ token: 'tok' }));
app.use('/jwt/*', jwt({ secret: 's3cret', alg: 'HS256' }));
app.get('/', (c) => c.text('Hello Hono'));
app.get('/api/items', (c) => c.json({ q: c.req.query('q') ?? null, all: c.req.queries('t') ?? [], ua: c.req.header('user-agent') ?? null }));
app.get('/api/items/:id{[0-9]+}', (c) => c.json({ id: Number(c.req.param('id')) }));
app.post('/api/items', validator('json', (value, c) => (typeof value.title === 'string' ? value : c.json({ error: 'title' }, 422))), (c) => c.json(c.req.valid('json'), 201));
app.post('/form', async (c) => c.json(await c.req.parseBody()));
app.post('/json', async (c) => c.json(await c.req.json()));
app.post('/text', async (c) => c.text((await c.req.text()).toUpperCase()));
app.post('/bytes', async (c) => c.body(new Uint8Array(await c.req.arrayBuffer()).reverse()));
app.get('/html', (c) => c.html('<h1>ü</h1>'));
app.get('/redirect', (c) => c.redirect('/to', 307));
app.get('/headers', (c) => {
  c.header('x-a', '1');
  c.header('x-a', '2', { append: true });
  c.status(203);
  return c.body('body', { headers: { 'content-type': 'text/x-odd' } });
});
app.get('/cookies', async (c) => {
  setCookie(c, 'a', 'b c', { path: '/', httpOnly: true });
  await setSignedCookie(c, 's', 'v', 'key');
  deleteCookie(c, 'gone');
  return c.json({ ...getCookie(c), signed: (await getSignedCookie(c, 'key', 's')) ?? null });
});
app.get('/pretty/x', (c) => c.json({ a: { b: [1] } }));
app.get('/etag/x', (c) => c.text('tagged'));
app.get('/basic/x', (c) => c.text('in'));
app.get('/bearer/x', (c) => c.text('in'));
app.get('/jwt/x', (c) => c.json(c.get('jwtPayload')));
app.get('/token', async (c) => c.text(await sign({ sub: 'me' }, 's3cret')));
app.get('/secure/x', (c) => c.text('s'));
app.get('/throw', () => {
  throw new Error('thrown');
});
app.get('/http', () => {
  throw new HTTPException(418, { message: 'short and stout' });
});
app.get('/null', (c) => c.body(null, 204));
app.get('/response', () => new Response('raw', { status: 202, headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2']] }));
app.get('/readable', () => new Response(new ReadableStream({
  async start(controller) {
    for (const part of ['one ', 'two ', 'three']) {
      controller.enqueue(new TextEncoder().encode(part));
      await new Promise((done) => setTimeout(done, 2));
    }
    controller.close();
  },
})));
app.all('/any', (c) => c.text(c.req.method));
app.get('/wild/*', (c) => c.text(c.req.path));
app.get('/opt/:x?', (c) => c.json({ x: c.req.param('x') ?? null }));
app.route('/sub', new Hono().basePath('/v1').get('/x', (c) => c.text(c.req.url.replace(/:\d+/, ''))));
app.notFound((c) => c.json({ missing: c.req.path }, 404));
app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.json({ error: error.message }, 500)));
const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, (info) => console.log(info.family, typeof info.port));
process.on('SIGTERM', () => server.close(() => console.log('closed')));
