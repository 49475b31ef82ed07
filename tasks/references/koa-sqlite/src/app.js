import Koa from 'koa';
import Router from 'koa-router';
import { articleApi } from './api/articles.js';
import { commentApi } from './api/comments.js';
import { profileApi } from './api/profiles.js';
import { userApi } from './api/users.js';
import { identify } from './middleware/caller.js';
import { handleErrors } from './middleware/errors.js';
import { Articles } from './tables/articles.js';
import { Comments } from './tables/comments.js';
import { Follows } from './tables/follows.js';
import { Users } from './tables/users.js';

export function createApp(database) {
  const app = new Koa();
  app.context.users = new Users(database);
  app.context.follows = new Follows(database);
  app.context.articles = new Articles(database);
  app.context.comments = new Comments(database);

  const api = new Router({ prefix: '/api' });
  api.get('/health-check', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  api.get('/tags', async (ctx) => {
    ctx.body = { tags: await ctx.articles.tags() };
  });
  userApi(api);
  profileApi(api);
  articleApi(api);
  commentApi(api);

  app.use(handleErrors);
  app.use(identify);
  app.use(api.routes());
  app.use(api.allowedMethods({ throw: true }));
  return app;
}
