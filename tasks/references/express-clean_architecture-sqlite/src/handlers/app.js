'use strict';

const cors = require('cors');
const express = require('express');
const { articleRouter } = require('./articles');
const { authentication } = require('./authentication');
const { commentRouter } = require('./comments');
const { answerError, answerNotFound } = require('./errors');
const { profileRouter } = require('./profiles');
const { userRouter } = require('./users');

/** The HTTP side of the application, on top of its use cases. */
function createApp({ users, profiles, articles, comments }) {
  const api = express.Router();
  api.get('/health-check', (req, res) => {
    res.json({ status: 'ok' });
  });
  // A body is read before anything is looked up, so that nothing that was found is gone when it has come.
  api.use(express.json({ strict: false, limit: '1mb' }));
  api.use(authentication(users));
  api.use(userRouter(users));
  api.use('/profiles', profileRouter(profiles));
  api.use('/articles', articleRouter(articles));
  api.use('/articles/:slug/comments', commentRouter(articles, comments));
  api.get('/tags', (req, res) => {
    res.json({ tags: articles.tags() });
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(cors());
  app.use('/api', api);
  app.use(answerNotFound);
  app.use(answerError);
  return app;
}

module.exports = { createApp };
