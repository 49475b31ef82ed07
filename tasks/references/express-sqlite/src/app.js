'use strict';

const cors = require('cors');
const express = require('express');
const { identify } = require('./auth');
const { handleError, notFound } = require('./errors');
const { articleQueries } = require('./queries/articles');
const { commentQueries } = require('./queries/comments');
const { userQueries } = require('./queries/users');
const { articleRoutes } = require('./routes/articles');
const { commentRoutes } = require('./routes/comments');
const { profileRoutes } = require('./routes/profiles');
const { userRoutes } = require('./routes/users');

function createApp(database) {
  const users = userQueries(database);
  const articles = articleQueries(database);
  const comments = commentQueries(database);
  const api = express.Router();

  api.get('/health-check', (req, res) => {
    res.json({ status: 'ok' });
  });
  api.use(identify(users));
  api.use(userRoutes(users));
  api.use('/profiles', profileRoutes(users));
  api.use('/articles', articleRoutes(articles));
  api.use('/articles/:slug/comments', commentRoutes(articles, comments));
  api.get('/tags', (req, res) => {
    res.json({ tags: articles.tags() });
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(cors());
  app.use(express.json());
  app.use('/api', api);
  app.use((req, res, next) => next(notFound('path')));
  app.use(handleError);
  return app;
}

module.exports = { createApp };
