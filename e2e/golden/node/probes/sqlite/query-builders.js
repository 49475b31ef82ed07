// install: knex@3.3.0 objection@3.1.5 kysely@0.28.18 drizzle-orm@0.45.4 typeorm@0.3.31 reflect-metadata@0.2.2 sqlite@5.1.1 sqlite3@5.1.7 better-sqlite3@12.11.1
const Knex = require('knex');
const { Model } = require('objection');
const t = async (name, f) => { try { console.log(name, JSON.stringify(await f())); } catch (e) { console.log(name, 'ERR', e.name, e.code, e.errno, e.message); } };
(async () => {
  for (const client of ['sqlite3', 'better-sqlite3']) for (const filename of [':memory:', client + '.db']) {
    console.log(client, filename);
    const k = Knex({ client, connection: { filename }, useNullAsDefault: true });
    await t('schema', () => k.schema.createTable('users', (b) => { b.increments('id'); b.string('name').notNullable().unique(); b.json('j'); b.boolean('ok').defaultTo(true); b.timestamps(true, true); }).createTable('posts', (b) => { b.increments(); b.integer('uid').references('id').inTable('users').onDelete('CASCADE'); b.text('t'); }));
    await t('ins', () => k('users').insert({ name: 'a', j: JSON.stringify({ x: 1 }) }));
    await t('ins2', () => k('users').insert([{ name: 'b' }, { name: 'c' }]).returning(['id', 'name']));
    await t('uniq', () => k('users').insert({ name: 'a' }));
    await t('null', () => k('users').insert({ j: null }));
    await t('sel', () => k('users').select('id', 'name', 'j', 'ok').where('id', '>', 1).orderBy('id', 'desc'));
    await t('first', () => k('users').where({ name: 'a' }).first('id', 'name'));
    await t('join', async () => { await k('posts').insert({ uid: 1, t: 'x' }); return k('posts').join('users', 'users.id', 'posts.uid').select('users.name', 'posts.t'); });
    await t('upd', () => k('users').where('id', 1).update({ name: 'aa' }));
    await t('conflict', () => k('users').insert({ name: 'aa' }).onConflict('name').merge({ ok: false }));
    await t('count', () => k('users').count('* as n').first());
    await t('raw', () => k.raw('select ? as a, 2 as b', ['x']));
    await t('trx', () => k.transaction(async (x) => { await x('users').insert({ name: 't' }); return x('users').count('* as n').first(); }));
    await t('trx fail', () => k.transaction(async (x) => { await x('users').insert({ name: 'u' }); throw new Error('no'); }));
    await t('savepoint', () => k.transaction(async (x) => { await x.transaction(async (y) => { await y('users').insert({ name: 'sp' }); throw new Error('inner'); }).catch(() => {}); return x('users').count('* as n').first(); }));
    await t('del', () => k('users').where('name', 't').del());
    await t('fk', async () => { await k.raw('PRAGMA foreign_keys = ON'); return k('posts').insert({ uid: 999 }); });
    await t('hasTable', async () => [await k.schema.hasTable('users'), await k.schema.hasColumn('users', 'zz')]);
    await t('alter', () => k.schema.alterTable('posts', (b) => { b.string('slug').index(); b.dropColumn('t'); }));
    await t('info', () => k('posts').columnInfo());
    await t('notable', () => k('nope').select());
    await t('migrate', async () => { const src = { getMigrations: async () => ['m1'], getMigrationName: (m) => m, getMigration: async () => ({ up: (x) => x.schema.createTable('mm', (b) => b.increments()), down: (x) => x.schema.dropTable('mm') }) }; const r = await k.migrate.latest({ migrationSource: src }); const d = await k.migrate.rollback({ migrationSource: src }); return [r, d]; });
    class U extends Model { static tableName = 'users'; static relationMappings = { posts: { relation: Model.HasManyRelation, modelClass: class P extends Model { static tableName = 'posts'; }, join: { from: 'users.id', to: 'posts.uid' } } }; }
    U.knex(k);
    await t('objection', async () => { const u = await U.query().insert({ name: 'obj' }); await u.$relatedQuery('posts').insert({ slug: 's' }); return (await U.query().withGraphFetched('posts').where('name', 'obj')).map((x) => [x.name, x.posts.length]); });
    await k.destroy();
  }
  const { Kysely, SqliteDialect } = require('kysely'); const BS = require('better-sqlite3');
  const ky = new Kysely({ dialect: new SqliteDialect({ database: new BS(':memory:') }) });
  await ky.schema.createTable('p').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('n', 'text').execute();
  await t('kysely', async () => { const r = await ky.insertInto('p').values({ n: 'x' }).returningAll().executeTakeFirst(); return [r, await ky.selectFrom('p').selectAll().execute(), await ky.transaction().execute(async (x) => x.deleteFrom('p').executeTakeFirst()).then((d) => String(d.numDeletedRows))]; });
  const { drizzle } = require('drizzle-orm/better-sqlite3'); const { sqliteTable, integer, text } = require('drizzle-orm/sqlite-core'); const { eq, sql } = require('drizzle-orm');
  const raw = new BS(':memory:'); raw.exec('create table d (id integer primary key autoincrement, n text unique, at integer)'); const dt = sqliteTable('d', { id: integer('id').primaryKey({ autoIncrement: true }), n: text('n'), at: integer('at', { mode: 'timestamp' }) }); const db = drizzle(raw, { schema: { dt } });
  await t('drizzle', async () => { db.insert(dt).values({ n: 'x', at: new Date(1e12) }).run(); return [db.select().from(dt).where(eq(dt.n, 'x')).all(), db.insert(dt).values({ n: 'y' }).returning().get(), await db.query.dt.findMany({ columns: { n: true } }), db.transaction((tx) => tx.update(dt).set({ n: 'z' }).run().changes), 'x']; });
  require('reflect-metadata'); const { DataSource, EntitySchema } = require('typeorm');
  for (const type of ['sqlite', 'better-sqlite3']) {
    const E = new EntitySchema({ name: 'E', columns: { id: { type: Number, primary: true, generated: true }, n: { type: String, unique: true }, j: { type: 'simple-json', nullable: true } } });
    const ds = new DataSource({ type, database: ':memory:', entities: [E], synchronize: true });
    await t('typeorm ' + type, async () => { await ds.initialize(); const r = ds.getRepository('E'); await r.save({ n: 'a', j: { k: 1 } }); const q = await r.createQueryBuilder('e').where('e.n = :n', { n: 'a' }).getMany(); await ds.transaction((m) => m.getRepository('E').save({ n: 'b' })); return [q, await r.count()]; });
    await t('typeorm dup', () => ds.getRepository('E').save({ n: 'a' }));
    await ds.destroy();
  }
  const { open } = require('sqlite'); const s3 = require('sqlite3');
  const w = await open({ filename: ':memory:', driver: s3.Database });
  await t('sqlite', async () => { await w.exec('create table q (a)'); const r = await w.run('insert into q values (?)', 5); return [r.lastID, r.changes, await w.all('select * from q'), await w.get('select * from q where a = :a', { ':a': 5 })]; });
  await t('sqlite err', () => w.run('insert into nope values (1)'));
  const st = await w.prepare('select a from q where a > ?'); await t('sqlite st', async () => [await st.all(1), await st.get(9)]); await st.finalize(); await w.close();
  await t('closed', () => w.get('select 1'));
})();
