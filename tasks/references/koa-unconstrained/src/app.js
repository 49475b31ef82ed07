'use strict';

const Router = require('@koa/router');
const Koa = require('koa');
const { identify } = require('./middleware/auth');
const { answerErrors } = require('./middleware/errors');
const { Conduit } = require('./model');
const { articleRouter } = require('./routers/articles');
const { commentRouter } = require('./routers/comments');
const { profileRouter } = require('./routers/profiles');
const { userRouter } = require('./routers/users');

function createApp() {
  const conduit = new Conduit();

  const api = new Router({ prefix: '/api' });
  api.get('/health-check', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  api.get('/tags', (ctx) => {
    ctx.body = { tags: conduit.tags() };
  });
  for (const createRouter of [userRouter, profileRouter, articleRouter, commentRouter]) {
    api.use(createRouter(conduit).routes());
  }

  const app = new Koa();
  app.use(answerErrors);
  app.use(identify(conduit));
  app.use(api.routes());
  app.use(api.allowedMethods());
  return app;
}

module.exports = { createApp };
