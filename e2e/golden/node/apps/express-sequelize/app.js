const express = require('express');
const { Sequelize, DataTypes, Op, UniqueConstraintError, ValidationError } = require('sequelize');
const sequelize = new Sequelize({ dialect: 'sqlite', storage: process.env.DB ?? 'data.sqlite', logging: process.env.SQL ? console.log : (sql) => lines.push(sql) });
const lines = [];
const User = sequelize.define('User', { email: { type: DataTypes.STRING, unique: true, allowNull: false, validate: { isEmail: true } }, name: { type: DataTypes.STRING, validate: { len: [2, 10] } }, score: { type: DataTypes.DECIMAL(10, 2), defaultValue: 0 }, active: { type: DataTypes.BOOLEAN, defaultValue: true }, meta: DataTypes.JSON, born: DataTypes.DATEONLY, kind: DataTypes.ENUM('a', 'b') }, { timestamps: false });
const Post = sequelize.define('Post', { title: DataTypes.STRING, body: DataTypes.TEXT, at: DataTypes.DATE }, { timestamps: false, paranoid: false });
const Tag = sequelize.define('Tag', { name: { type: DataTypes.STRING, primaryKey: true } }, { timestamps: false });
User.hasMany(Post, { as: 'posts', foreignKey: { name: 'userId', allowNull: false }, onDelete: 'CASCADE' });
Post.belongsTo(User, { as: 'author', foreignKey: 'userId' });
Post.belongsToMany(Tag, { through: 'PostTags', timestamps: false });
Tag.belongsToMany(Post, { through: 'PostTags', timestamps: false });
const app = express();
app.use(express.json());
const route = (handler) => (req, res) => handler(req, res).catch((error) => {
  const status = error instanceof UniqueConstraintError ? 409 : error instanceof ValidationError ? 422 : 500;
  res.status(status).json({ name: error.name, message: error.message, errors: error.errors?.map(({ message, type, path, validatorKey }) => ({ message, type, path, validatorKey })), sql: error.sql });
});
app.post('/users', route(async (req, res) => res.status(201).json(await User.create(req.body))));
app.get('/users', route(async (req, res) => res.json(await User.findAndCountAll({ where: req.query.q ? { name: { [Op.like]: `%${req.query.q}%` } } : {}, include: { model: Post, as: 'posts', include: Tag }, order: [['id', 'DESC']], limit: 10, distinct: true }))));
app.get('/users/:id', route(async (req, res) => res.json(await User.findByPk(req.params.id, { include: 'posts', rejectOnEmpty: false }))));
app.post('/users/:id/posts', route(async (req, res) => {
  const post = await sequelize.transaction(async (transaction) => {
    const made = await Post.create({ ...req.body, userId: req.params.id, at: new Date(0) }, { transaction });
    for (const name of req.body.tags ?? []) await made.addTag((await Tag.findOrCreate({ where: { name }, transaction }))[0], { transaction });
    if (req.body.fail) throw new Error('rolled back');
    return made;
  });
  res.status(201).json(await post.reload({ include: [Tag, { association: 'author', attributes: ['email'] }] }));
}));
app.patch('/users/:id', route(async (req, res) => res.json(await User.update(req.body, { where: { id: req.params.id } }))));
app.delete('/users/:id', route(async (req, res) => res.json({ gone: await User.destroy({ where: { id: req.params.id } }), posts: await Post.count() })));
app.get('/stats', route(async (req, res) => res.json(await User.findAll({ attributes: ['active', [sequelize.fn('COUNT', sequelize.col('id')), 'n'], [sequelize.fn('MAX', sequelize.col('score')), 'top']], group: 'active', raw: true }))));
app.get('/raw', route(async (req, res) => res.json(await sequelize.query('SELECT :a AS a, sqlite_version() > \'3\' AS v, ? IS NULL AS n'.replace('?', 'NULL'), { replacements: { a: "it's" }, type: Sequelize.QueryTypes.SELECT }))));
app.get('/broken', route(async (req, res) => res.json(await sequelize.query('SELECT * FROM nowhere'))));
app.get('/sql', route(async (req, res) => res.json(lines.splice(0).map((line) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid')))));
(async () => {
  await sequelize.sync({ force: true });
  await sequelize.query('PRAGMA foreign_keys = ON');
  app.listen(process.env.PORT || 3000, () => console.log('ready'));
})();
process.on('SIGTERM', async () => {
  await sequelize.close();
  process.exit(0);
});
