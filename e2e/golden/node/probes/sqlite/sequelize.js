// install: sequelize@6.37.8 sqlite3@5.1.7 cls-hooked@4.2.2
const { Sequelize, DataTypes, Op, literal, fn, col, QueryTypes, Transaction } = require('sequelize');
const cls = require('cls-hooked');
const t = async (name, f) => { try { const r = await f(); console.log(name, JSON.stringify(r)); } catch (e) { console.log(name, 'ERR', e.name, e.message, e.errors?.map((x) => [x.type, x.path, x.message]), e.parent?.message, e.parent?.code, e.sql); } };
(async () => {
  for (const storage of [':memory:', 'seq.db']) {
    const log = [];
    const s = new Sequelize({ dialect: 'sqlite', storage, logging: (m) => log.push(m) });
    const User = s.define('User', { username: { type: DataTypes.STRING, unique: true, allowNull: false, validate: { len: [2, 20] } }, email: { type: DataTypes.STRING, validate: { isEmail: true } }, meta: DataTypes.JSON, score: DataTypes.DECIMAL(10, 2), born: DataTypes.DATEONLY, big: DataTypes.BIGINT, flag: { type: DataTypes.BOOLEAN, defaultValue: true }, kind: DataTypes.ENUM('a', 'b'), id2: { type: DataTypes.UUID }, bin: DataTypes.BLOB }, { hooks: { beforeCreate: (u) => { u.username = u.username.trim(); } }, scopes: { active: { where: { flag: true } } }, paranoid: true });
    const Post = s.define('Post', { title: DataTypes.STRING, body: DataTypes.TEXT });
    const Tag = s.define('Tag', { name: { type: DataTypes.STRING, primaryKey: true } }, { timestamps: false });
    User.hasMany(Post, { as: 'posts', foreignKey: 'authorId', onDelete: 'CASCADE' }); Post.belongsTo(User, { as: 'author' });
    Post.belongsToMany(Tag, { through: 'PostTags' }); Tag.belongsToMany(Post, { through: 'PostTags' });
    User.belongsToMany(User, { as: 'followers', through: 'Follows', foreignKey: 'followed', otherKey: 'follower' });
    const strip = (x) => JSON.parse(JSON.stringify(x, (k, v) => (/At$/.test(k) && v ? 'T' : v)));
    await t('sync', async () => { await s.sync({ force: true }); return log.splice(0).filter((l) => /CREATE/.test(l)); });
    await t('create', async () => strip(await User.create({ username: ' bob ', email: 'b@x.io', meta: { a: [1] }, score: 1.5, born: '2020-01-02', big: '9007199254740993', kind: 'a', bin: Buffer.from('x') })));
    await t('dup', () => User.create({ username: 'bob' }));
    await t('null', () => User.create({}));
    await t('valid', () => User.create({ username: 'x', email: 'no' }));
    await t('bulk', async () => strip(await User.bulkCreate([{ username: 'ann' }, { username: 'cat', flag: false }])));
    await t('find', async () => strip(await User.findAll({ attributes: ['id', 'username', 'meta', 'score', 'born', 'big', 'flag'], order: [['id', 'DESC']] })));
    await t('scope', async () => (await User.scope('active').findAll()).map((u) => u.username));
    await t('posts', async () => { const u = await User.findOne({ where: { username: 'bob' } }); const p = await u.createPost({ title: 'P1', body: 'b' }); const [tag] = await Tag.findOrCreate({ where: { name: 'js' } }); await p.addTag(tag); await p.setTags(['js', await Tag.create({ name: 'db' })]); return strip(await Post.findAll({ include: [{ model: User, as: 'author', attributes: ['username'] }, { model: Tag, through: { attributes: [] } }], order: [[Tag, 'name', 'ASC']] })); });
    await t('m2m', async () => { const [a, b] = await User.findAll({ order: ['id'] }); await a.addFollower(b); return [await a.hasFollower(b), await a.countFollowers(), log.splice(0).length > 0]; });
    await t('count', () => Post.findAndCountAll({ limit: 1, include: ['author'], distinct: true }).then((r) => r.count));
    await t('op', async () => (await User.findAll({ where: { [Op.or]: [{ username: { [Op.like]: 'a%' } }, { id: { [Op.in]: [1, 99] } }] }, order: ['id'] })).map((u) => u.username));
    await t('agg', () => User.findAll({ attributes: ['flag', [fn('COUNT', col('id')), 'n']], group: 'flag', raw: true }));
    await t('update', () => User.update({ score: 3 }, { where: { username: 'ann' } }));
    await t('inc', async () => { const u = await User.findByPk(2); await u.increment('score', { by: 2 }); await u.reload(); return u.score; });
    await t('destroy', async () => [await User.destroy({ where: { username: 'cat' } }), await User.count(), await User.count({ paranoid: false })]);
    await t('upsert', async () => { const [u, c] = await Tag.upsert({ name: 'js' }); return [u.name, c]; });
    await t('eager', () => Post.findAll({ include: ['nope'] }));
    await t('eager2', () => Tag.findAll({ include: [User] }));
    await t('raw', () => s.query('SELECT username FROM Users WHERE id = ? AND username = "bob"', { replacements: [1], type: QueryTypes.SELECT }));
    await t('raw2', () => s.query('SELECT $a AS a', { bind: { a: 'x' }, type: QueryTypes.SELECT }));
    await t('rawerr', () => s.query('SELECT * FROM nope'));
    await t('fk', () => Post.create({ title: 'x', authorId: 999 }));
    await t('tx ok', () => s.transaction(async (tr) => { await User.create({ username: 'tx1' }, { transaction: tr }); return User.count({ transaction: tr }); }));
    await t('tx fail', () => s.transaction(async (tr) => { await User.create({ username: 'tx2' }, { transaction: tr }); throw new Error('rollback'); }));
    await t('tx count', () => User.count());
    await t('unmanaged', async () => { const tr = await s.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE, type: 'IMMEDIATE' }); await Tag.create({ name: 'u' }, { transaction: tr }); await tr.rollback(); return Tag.count(); });
    if (storage !== ':memory:') {
      await t('concurrent', async () => { const p = s.transaction({ type: 'IMMEDIATE' }, async (tr) => { await Tag.create({ name: 'c1' }, { transaction: tr }); await new Promise((r) => setTimeout(r, 60)); }); const q = new Promise((r) => setTimeout(r, 10)).then(() => Tag.create({ name: 'c2' })); await Promise.all([p, q]); return Tag.count(); });
      await t('10 tx', async () => { await Promise.all(Array.from({ length: 10 }, (_, i) => s.transaction({ type: 'IMMEDIATE' }, (tr) => Tag.create({ name: 'k' + i }, { transaction: tr })))); return Tag.count(); });
    }
    await t('qi', async () => { const q = s.getQueryInterface(); await q.addColumn('Tags', 'color', { type: DataTypes.STRING, defaultValue: 'red' }); await q.addIndex('Tags', ['color']); await q.renameColumn('Tags', 'color', 'colour'); const d = await q.describeTable('Tags'); await q.removeColumn('Tags', 'colour'); return [d, (await q.showAllTables()).sort()]; });
    await t('alter', async () => { await s.sync({ alter: true }); return User.count(); });
    await t('auth', () => s.authenticate());
    await t('version', async () => typeof (await s.databaseVersion()));
    await s.close();
  }
  const ns = cls.createNamespace('n'); Sequelize.useCLS(ns);
  const s2 = new Sequelize({ dialect: 'sqlite', logging: false }); const M = s2.define('M', { a: DataTypes.INTEGER }); await s2.sync();
  await t('cls', () => s2.transaction(async () => { await M.create({ a: 1 }); throw new Error('x'); })); await t('cls count', () => M.count());
})();
