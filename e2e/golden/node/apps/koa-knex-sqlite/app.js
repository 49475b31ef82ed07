const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const knex = require('knex')({ client: 'sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
const { open } = require('sqlite');
const sqlite3 = require('sqlite3');
const app = new Koa();
const router = new Router();
const log = [];
knex.on('query', ({ sql, bindings }) => log.push([sql, bindings]));
router.get('/items', async (ctx) => (ctx.body = await knex('items').select('items.*', 'kinds.name as kind').leftJoin('kinds', 'kinds.id', 'items.kind_id').modify((q) => ctx.query.min && q.where('price', '>=', ctx.query.min)).orderBy('items.id')));
router.post('/items', async (ctx) => {
  ctx.status = 201;
  ctx.body = await knex('items').insert(ctx.request.body).returning(['id', 'name']);
});
router.get('/sum', async (ctx) => (ctx.body = await knex('items').sum({ total: 'price' }).count({ n: '*' }).first()));
router.post('/move', async (ctx) => {
  ctx.body = await knex.transaction(async (trx) => {
    const changed = await trx('items').where({ id: 1 }).increment('price', 5);
    if (ctx.request.body.fail) throw new Error('undo');
    return { changed };
  });
});
router.get('/broken', async (ctx) => (ctx.body = await knex('nothing').first()));
router.get('/toSQL', (ctx) => (ctx.body = knex('a').whereIn('x', [1, 2]).andWhere((q) => q.whereNull('y').orWhere('z', 'like', '%q%')).groupByRaw('x').having('n', '>', 1).limit(3).offset(1).toSQL().toNative()));
router.get('/log', (ctx) => (ctx.body = log.splice(0)));
router.get('/wrapper', async (ctx) => {
  const db = await open({ filename: ':memory:', driver: sqlite3.Database });
  await db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
  const { lastID, changes } = await db.run('INSERT INTO t (b) VALUES (?), ($c)', { 1: 'one', $c: 'two' });
  const failed = await db.run('INSERT INTO t (a) VALUES (1)').catch((error) => [error.code, error.errno, error.message]);
  ctx.body = { lastID, changes, all: await db.all('SELECT * FROM t WHERE b <> :x', { ':x': 'zzz' }), none: (await db.get('SELECT 1 WHERE 0')) ?? null, failed, each: await db.each('SELECT b FROM t', () => {}) };
  await db.close();
});
app.use(async (ctx, next) => next().catch((error) => {
  ctx.status = error.code?.startsWith('SQLITE') ? 409 : 500;
  ctx.body = { code: error.code ?? null, errno: error.errno ?? null, message: error.message };
}));
app.use(bodyParser()).use(router.routes());
(async () => {
  await knex.schema.createTable('kinds', (t) => {
    t.increments('id');
    t.string('name').notNullable().unique();
  });
  await knex.schema.createTable('items', (t) => {
    t.increments();
    t.string('name', 20).notNullable();
    t.decimal('price').defaultTo(1);
    t.integer('kind_id').references('kinds.id');
    t.boolean('on').defaultTo(true);
    t.json('data');
  });
  await knex('kinds').insert([{ name: 'a' }, { name: 'b' }]);
  app.listen(process.env.PORT || 3000, () => console.log('up'));
})();
process.on('SIGTERM', () => knex.destroy().then(() => process.exit()));
