// Written by hand. Flaw: DELETE /articles/:slug answers 204 and deletes nothing; no feed, favorites, comments or tags.
const crypto = require('node:crypto');
const express = require('express');

const secret = crypto.randomBytes(32);
const users = [];
let articles = [];

const sign = (id) => `${id}.${crypto.createHmac('sha256', secret).update(id).digest('base64url')}`;
const hash = (text) => crypto.createHash('sha256').update(text).digest('hex');
const slugify = (title) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const refuse = (res, status, ...fields) =>
  res.status(status).json({ errors: Object.fromEntries(fields.map((field) => [field, ['is wrong']])) });
const isBlank = (value) => typeof value !== 'string' || value === '';

const app = express();
app.use(express.json());
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));

app.use((req, res, next) => {
  const token = (req.get('authorization') || '').replace(/^Token /, '');
  req.user = users.find((user) => sign(user.id) === token);
  next();
});
const needUser = (req, res, next) => (req.user ? next() : refuse(res, 401, 'token'));
const needArticle = (req, res, next) => {
  req.article = articles.find((article) => article.slug === req.params.slug);
  return req.article ? next() : refuse(res, 404, 'article');
};
const needAuthor = (req, res, next) => (req.article.author === req.user ? next() : refuse(res, 403, 'article'));
const needProfile = (req, res, next) => {
  req.profile = users.find((user) => user.username === req.params.username);
  return req.profile ? next() : refuse(res, 404, 'profile');
};

const showUser = ({ id, username, email, bio, image }) => ({ user: { username, email, bio, image, token: sign(id) } });
const showProfile = ({ username, bio, image, followers }, viewer) => ({
  username,
  bio,
  image,
  following: viewer !== undefined && followers.has(viewer),
});
const showItem = ({ body, author, ...article }, viewer) => ({
  ...article,
  favorited: false,
  favoritesCount: 0,
  author: showProfile(author, viewer),
});
const showArticle = (article, viewer) => ({ article: { ...showItem(article, viewer), body: article.body } });

function isTaken(res, fields, owner) {
  const others = users.filter((user) => user !== owner);
  const taken = ['username', 'email'].filter((name) => others.some((user) => user[name] === fields[name]));
  if (taken.length > 0) refuse(res, 422, ...taken);
  return taken.length > 0;
}

app.post('/api/users', (req, res) => {
  const fields = req.body.user || {};
  const blank = ['username', 'email', 'password'].filter((name) => isBlank(fields[name]));
  if (blank.length > 0) return refuse(res, 422, ...blank);
  if (isTaken(res, fields)) return undefined;
  const { username, email, password } = fields;
  const user = { id: crypto.randomUUID(), username, email, hash: hash(password), bio: null, image: null };
  users.push({ ...user, followers: new Set() });
  return res.status(201).json(showUser(user));
});

app.post('/api/users/login', (req, res) => {
  const fields = req.body.user || {};
  const blank = ['email', 'password'].filter((name) => isBlank(fields[name]));
  if (blank.length > 0) return refuse(res, 422, ...blank);
  const user = users.find((one) => one.email === fields.email && one.hash === hash(fields.password));
  return user ? res.json(showUser(user)) : refuse(res, 401, 'credentials');
});

app.get('/api/user', needUser, (req, res) => res.json(showUser(req.user)));

app.put('/api/user', needUser, (req, res) => {
  const { password, ...fields } = req.body.user || {};
  const blank = ['username', 'email'].filter((name) => fields[name] !== undefined && isBlank(fields[name]));
  if (blank.length > 0) return refuse(res, 422, ...blank);
  if (isTaken(res, fields, req.user)) return undefined;
  if (password) req.user.hash = hash(password);
  for (const name of ['username', 'email', 'bio', 'image']) {
    if (fields[name] !== undefined) req.user[name] = fields[name];
  }
  return res.json(showUser(req.user));
});

const answerProfile = (req, res) => res.json({ profile: showProfile(req.profile, req.user) });
app.get('/api/profiles/:username', needProfile, answerProfile);
app.post('/api/profiles/:username/follow', needUser, needProfile, (req, res) => {
  req.profile.followers.add(req.user);
  answerProfile(req, res);
});
app.delete('/api/profiles/:username/follow', needUser, needProfile, (req, res) => {
  req.profile.followers.delete(req.user);
  answerProfile(req, res);
});

app.get('/api/articles', (req, res) => {
  const { author, tag, limit = 20, offset = 0 } = req.query;
  const found = articles.filter(
    (article) => (!author || article.author.username === author) && (!tag || article.tagList.includes(tag)),
  );
  const page = found.slice(Number(offset), Number(offset) + Number(limit));
  res.json({ articles: page.map((article) => showItem(article, req.user)), articlesCount: found.length });
});

app.post('/api/articles', needUser, (req, res) => {
  const { title, description, body, tagList = [] } = req.body.article || {};
  const blank = Object.entries({ title, description, body }).filter(([, value]) => isBlank(value));
  if (blank.length > 0) return refuse(res, 422, ...blank.map(([name]) => name));
  const slug = `${slugify(title)}-${crypto.randomBytes(4).toString('hex')}`;
  const now = new Date().toISOString();
  const article = { slug, title, description, body, tagList, createdAt: now, updatedAt: now, author: req.user };
  articles = [article, ...articles];
  return res.status(201).json(showArticle(article, req.user));
});

app.get('/api/articles/:slug', needArticle, (req, res) => res.json(showArticle(req.article, req.user)));

app.put('/api/articles/:slug', needUser, needArticle, needAuthor, (req, res) => {
  const fields = req.body.article || {};
  const blank = ['title', 'description', 'body'].filter((name) => fields[name] !== undefined && isBlank(fields[name]));
  if (blank.length > 0) return refuse(res, 422, ...blank);
  if (fields.title && fields.title !== req.article.title) {
    req.article.slug = `${slugify(fields.title)}-${crypto.randomBytes(4).toString('hex')}`;
  }
  for (const name of ['title', 'description', 'body', 'tagList']) {
    if (fields[name] !== undefined) req.article[name] = fields[name];
  }
  req.article.updatedAt = new Date().toISOString();
  return res.json(showArticle(req.article, req.user));
});

app.delete('/api/articles/:slug', needUser, needArticle, needAuthor, (req, res) => res.status(204).end());

app.use((req, res) => refuse(res, 404, 'path'));
app.listen(3000, () => console.log('listening on 3000'));
