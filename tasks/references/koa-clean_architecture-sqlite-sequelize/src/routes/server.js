import Router from '@koa/router';
import Koa from 'koa';
import { articleRoutes } from './articles.js';
import { authentication } from './authentication.js';
import { commentRoutes } from './comments.js';
import { answerProblems } from './problems.js';
import { profileRoutes } from './profiles.js';
import { userRoutes } from './users.js';

/** The HTTP side of the application, on top of its services. */
export function createServer(services) {
  const router = new Router({ prefix: '/api' });
  router.get('/health-check', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/tags', async (ctx) => {
    ctx.body = { tags: await services.articles.tags() };
  });
  for (const add of [userRoutes, profileRoutes, articleRoutes, commentRoutes]) add(router, services);

  return new Koa()
    .use(answerProblems)
    .use(authentication(services.users))
    .use(router.routes())
    .use(router.allowedMethods());
}
