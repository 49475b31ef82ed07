const fastify = require('fastify')();
const Database = require('better-sqlite3');
const db = new Database('notes.db');
db.pragma('journal_mode = WAL');
db.pragma('foreign_keys = ON');
db.exec(`CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, author INTEGER NOT NULL REFERENCES author(id) ON DELETE CASCADE, text TEXT CHECK (length(text) > 1), weight REAL, data BLOB, big INTEGER)`);
db.function('shout', (text) => String(text).toUpperCase());
db.aggregate('joined', { start: () => [], step: (list, value) => [...list, value], result: (list) => list.join('+') });
const insert = db.prepare('INSERT INTO note (author, text, weight, data, big) VALUES (@author, @text, @weight, @data, @big)');
const addAuthor = db.prepare('INSERT INTO author (name) VALUES (?)');
const many = db.transaction((names) => names.map((name) => addAuthor.run(name).lastInsertRowid));
fastify.setErrorHandler((error, request, reply) => reply.code(error.code?.startsWith('SQLITE_') ? 409 : 500).send({ name: error.name, code: error.code ?? null, message: error.message }));
fastify.post('/authors', async (request) => many(request.body));
fastify.post('/notes', async (request, reply) => reply.code(201).send(insert.run({ weight: null, data: null, big: 1n << 40n, ...request.body })));
fastify.get('/notes', async () => db.prepare('SELECT n.*, a.name, shout(text) AS loud, typeof(big) AS kind FROM note n JOIN author a ON a.id = n.author ORDER BY n.id').all().map((row) => ({ ...row, data: row.data?.toString('hex') ?? null })));
fastify.get('/notes/:id', async (request) => db.prepare('SELECT * FROM note WHERE id = ?').get(request.params.id) ?? { none: true });
fastify.get('/pluck', async () => ({ pluck: db.prepare('SELECT count(*) FROM note').pluck().get(), raw: db.prepare('SELECT 1, \'a\', NULL, 2.5').raw().get(), expand: db.prepare('SELECT a.*, n.* FROM author a LEFT JOIN note n ON n.author = a.id').expand().all().length, joined: db.prepare('SELECT joined(name) AS j FROM author').get(), big: String(db.prepare('SELECT 9007199254740993 AS b').safeIntegers().get().b) }));
fastify.get('/columns', async () => db.prepare('SELECT id, text AS t, 1 + 1 FROM note').columns());
fastify.get('/errors', async () => [() => db.prepare('SELEC 1'), () => db.prepare('SELECT ?').get(), () => db.prepare('SELECT 1').run(), () => db.prepare('INSERT INTO author (name) VALUES (?)').all('x'), () => db.prepare('SELECT ?').get({}), () => db.prepare('SELECT @a').get({ b: 1 }), () => db.prepare('SELECT ?').get(Symbol('x')), () => db.exec(5), () => new Database('/no/such/dir/x.db')].map((f) => {
  try {
    return f();
  } catch (error) {
    return [error.name, error.code ?? null, error.message];
  }
}));
fastify.get('/iterate', async () => {
  const seen = [];
  for (const row of db.prepare('SELECT id FROM note').iterate()) {
    seen.push(row.id);
    if (seen.length === 2) break;
  }
  return { seen, open: db.open, inTransaction: db.inTransaction, name: db.name, memory: db.memory, mode: db.pragma('journal_mode', { simple: true }) };
});
fastify.delete('/authors/:id', async (request) => ({ changes: db.prepare('DELETE FROM author WHERE id = ?').run(request.params.id).changes, notes: db.prepare('SELECT count(*) AS n FROM note').get().n }));
fastify.listen({ port: Number(process.env.PORT) || 3000 }, () => console.log('up'));
process.on('SIGTERM', () => fastify.close().then(() => db.close()).then(() => console.log('closed', db.open)));
