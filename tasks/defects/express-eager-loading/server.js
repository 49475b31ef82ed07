// Written by hand. Flaw: articles are read with their author, but only the way from the user to them is associated.
const express = require('express');
const { DataTypes, Sequelize } = require('sequelize');

const sequelize = new Sequelize({ dialect: 'sqlite', storage: 'conduit.db', logging: false });
const User = sequelize.define('User', { username: DataTypes.TEXT, email: DataTypes.TEXT }, { timestamps: false });
const Article = sequelize.define('Article', { slug: DataTypes.TEXT, title: DataTypes.TEXT });
User.hasMany(Article, { foreignKey: 'authorId' });

const app = express();
app.use(express.json());

app.get('/api/health-check', (req, res) => {
  res.json({ status: 'ok' });
});

app.post('/api/users', async (req, res) => {
  const { username, email } = req.body.user;
  const user = await User.create({ username, email });
  res.status(201).json({ user: { username, email, token: `token-${user.id}`, bio: null, image: null } });
});

app.get('/api/articles', async (req, res) => {
  const articles = await Article.findAll({ include: [{ model: User, as: 'author' }] });
  res.json({ articles, articlesCount: articles.length });
});

app.use((error, req, res, next) => {
  if (res.headersSent) return next(error);
  console.error(error.name, error.message);
  return res.status(500).json({ errors: { [error.name]: [error.message] } });
});

sequelize.sync().then(() => app.listen(3000, () => console.log('listening on 3000')));
