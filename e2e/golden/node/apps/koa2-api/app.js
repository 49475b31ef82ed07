const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const cors = require('@koa/cors');
const app = new Koa({ keys: ['k1', 'k2'] });
app.on('error', (error, ctx) => console.log('error event:', error.status ?? error.statusCode ?? '-', error.message, ctx?.path));
app.use(async (ctx, next) => {
  try {
    await next();
    if (ctx.status === 404 && ctx.path === '/soft') ctx.throw(404, 'nothing soft here');
  } catch (error) {
    if (!ctx.path.startsWith('/handled') && ctx.path !== '/soft') throw error;
    ctx.status = error.status ?? 500;
    ctx.body = { error: error.message, expose: error.expose ?? null };
  }
});
app.use(cors({ origin: (ctx) => (ctx.get('Origin').endsWith('.test') ? ctx.get('Origin') : ''), credentials: true }));
app.use(bodyParser({ jsonLimit: '1kb', enableTypes: ['json', 'form', 'text'] }));
const router = new Router({ prefix: '/api' });
const notes = [{ id: 1, text: 'first' }];
router.param('id', (id, ctx, next) => {
  ctx.note = notes.find((note) => note.id === Number(id));
  if (!ctx.note) ctx.throw(404, `no note ${id}`);
  return next();
});
router.get('/notes', (ctx) => (ctx.body = { notes, query: ctx.query, search: ctx.search }));
router.get('note', '/notes/:id', (ctx) => (ctx.body = ctx.note));
router.post('/notes', (ctx) => {
  ctx.assert(typeof ctx.request.body?.text === 'string', 422, 'text is required', { field: 'text' });
  const note = { id: notes.length + 1, text: ctx.request.body.text };
  notes.push(note);
  ctx.status = 201;
  ctx.set('Location', router.url('note', note.id));
  ctx.body = note;
});
router.del('/notes/:id', (ctx) => {
  notes.splice(notes.indexOf(ctx.note), 1);
  ctx.status = 204;
});
router.all('/any', (ctx) => (ctx.body = ctx.method));
router.get('/nested/:a/:b', (ctx) => (ctx.body = { ...ctx.params, route: ctx._matchedRoute }));
app.use(router.routes()).use(router.allowedMethods());
app.use((ctx) => {
  switch (ctx.path) {
    case '/text': ctx.body = 'text'; break;
    case '/html': ctx.body = '<p>ü</p>'; break;
    case '/buffer': ctx.body = Buffer.from('buf'); break;
    case '/stream': ctx.body = require('node:stream').Readable.from(['a', 'b']); break;
    case '/null': ctx.body = null; break;
    case '/json': ctx.body = { a: undefined, b: [1, null], c: new Date(0) }; break;
    case '/status': ctx.status = Number(ctx.query.code); break;
    case '/throw': throw new Error('internal secret');
    case '/throw-string': throw 'just a string';
    case '/handled/throw': throw Object.assign(new Error('boom'), { status: 409 });
    case '/ctx-throw': return ctx.throw(400, 'exposed', { headers: { 'X-Reason': 'because' } });
    case '/ctx-throw-500': return ctx.throw(500, 'hidden');
    case '/redirect': ctx.redirect('/to?x=<y>'); break;
    case '/back': ctx.redirect(ctx.get('Referrer') || '/home'); break;
    case '/cookies':
      ctx.cookies.set('plain', 'v', { signed: false });
      ctx.cookies.set('signed', 'v', { overwrite: true, maxAge: 5000 });
      ctx.body = { plain: ctx.cookies.get('plain') ?? null, signed: ctx.cookies.get('signed') ?? null };
      break;
    case '/fresh':
      ctx.etag = 'abc';
      ctx.lastModified = new Date(1e12);
      ctx.body = 'fresh';
      if (ctx.fresh) ctx.status = 304;
      break;
    case '/attachment': ctx.attachment('ä.txt'); ctx.body = 'x'; break;
    case '/info': ctx.body = { ip: ctx.ip.replace('::ffff:', ''), host: ctx.host, hostname: ctx.hostname, type: ctx.request.type, charset: ctx.request.charset, length: ctx.request.length ?? null, accepts: ctx.accepts('json', 'html'), href: ctx.href, protocol: ctx.protocol, is: ctx.is('json') }; break;
    case '/echo': ctx.body = { body: ctx.request.body ?? null, raw: ctx.request.rawBody ?? null }; break;
    case '/respond-false': ctx.respond = false; ctx.res.statusCode = 299; ctx.res.end('own'); break;
    case '/vary': ctx.vary('Accept'); ctx.append('Link', '<a>'); ctx.append('Link', '<b>'); ctx.type = '.css'; ctx.body = 'a{}'; break;
    case '/bad-status': ctx.status = 1000; break;
    case '/length': ctx.body = 'abc'; ctx.length = 3; ctx.message = 'Fine'; break;
  }
});
const server = app.listen(process.env.PORT || 3000, () => console.log('koa up'));
process.on('SIGTERM', () => server.close(() => console.log('closed')));
