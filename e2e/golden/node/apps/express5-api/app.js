const express = require('express');
const app = express();
app.set('json spaces', 0);
app.use(express.json({ limit: '2kb' }));
app.use(express.urlencoded({ extended: true, limit: '2kb' }));
app.use(express.text({ type: 'text/*' }));
app.use(express.raw({ type: 'application/octet-stream' }));

const books = new Map([[1, { id: 1, title: 'Dune', tags: ['desert'] }]]);
let next = 2;
const router = express.Router({ mergeParams: true });
router.param('id', (req, res, next, id) => {
  const book = books.get(Number(id));
  if (!book) return res.status(404).json({ error: `no book ${id}` });
  req.book = book;
  next();
});
router
  .route('/')
  .get((req, res) => res.json({ items: [...books.values()], query: req.query }))
  .post((req, res) => {
    if (typeof req.body?.title !== 'string') return res.status(422).json({ errors: { title: ['is required'] } });
    const book = { id: next++, title: req.body.title, tags: req.body.tags ?? [] };
    books.set(book.id, book);
    res.location(`/api/books/${book.id}`).status(201).json(book);
  });
router.get('/:id', (req, res) => res.json(req.book));
router.put('/:id', (req, res) => res.json(Object.assign(req.book, req.body)));
router.delete('/:id', (req, res) => {
  books.delete(req.book.id);
  res.sendStatus(204);
});
app.use('/api/books', router);

app.get('/hello/:name', (req, res) => res.send(`<p>Hello ${req.params.name}</p>`));
app.get('/format', (req, res) =>
  res.format({
    text: () => res.send('plain'),
    html: () => res.send('<b>html</b>'),
    json: () => res.send({ kind: 'json' }),
  }),
);
app.get('/redirect', (req, res) => res.redirect('/elsewhere?x=ü'));
app.get('/moved', (req, res) => res.redirect(301, 'https://example.test/a b'));
app.get('/cookies', (req, res) => {
  res.cookie('plain', 'a b', { httpOnly: true, sameSite: 'lax' });
  res.cookie('json', { a: 1 }, { maxAge: 60000, path: '/x' });
  res.clearCookie('gone');
  res.type('txt').send('cookies');
});
app.get('/jsonp', (req, res) => res.jsonp({ a: '\u2028' }));
app.get('/headers', (req, res) => {
  res.links({ next: 'http://x.test/2', last: 'http://x.test/9' });
  res.vary('Accept').vary('Origin').append('Warning', '199 a').append('Warning', '199 b');
  res.json({ ip: req.ip, protocol: req.protocol, host: req.hostname, xhr: req.xhr, path: req.path, fresh: req.fresh, is: req.is('json') });
});
app.get('/null', (req, res) => res.json(null));
app.get('/buffer', (req, res) => res.send(Buffer.from([0, 1, 254, 255])));
app.get('/empty', (req, res) => res.status(304).end());
app.get('/attachment', (req, res) => res.attachment('naïve file.txt').send('x'));
app.get('/big', (req, res) => res.send('x'.repeat(3000)));
app.post('/echo', (req, res) =>
  res.json({ type: req.get('content-type') ?? null, body: Buffer.isBuffer(req.body) ? req.body.toString('hex') : req.body ?? null }),
);
app.get('/throw', () => {
  throw new Error('thrown');
});
app.get('/next', (req, res, next) => next(Object.assign(new Error('teapot'), { status: 418, expose: true })));
app.get('/string', (req, res, next) => next('just text'));
app.all('/all', (req, res) => res.send(req.method));

app.get(/^\/re(g|x)ular$/, (req, res) => res.send(req.params[0]));
app.get('/files/*path', (req, res) => res.send(req.params.path.join('|')));
app.get('/opt{/:a}', (req, res) => res.json(req.params));
app.get('/reject', async () => {
  await null;
  throw Object.assign(new Error('rejected'), { status: 409 });
});
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  if (err.type) return res.status(err.status).json({ type: err.type, message: err.message, limit: err.limit, length: err.length });
  if (req.path === '/next') return next(err);
  if (err instanceof URIError) return res.status(400).send(err.message);
  res.status(err.status ?? 500).json({ message: err.message ?? err });
});
const server = app.listen(process.env.PORT || 3000, (error) => console.log(error ?? 'listening'));
process.on('SIGTERM', () => server.close(() => console.log('bye')));
