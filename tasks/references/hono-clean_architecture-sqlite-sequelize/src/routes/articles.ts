import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ArticleService } from '../services/article-service.js';
import { type Env, requireUser, type UserEnv } from './caller.js';
import { articleChanges, body, feedQuery, listQuery, newArticle } from './requests.js';

type OwnEnv = UserEnv & { Variables: { article: Awaited<ReturnType<ArticleService['findOwn']>> } };

export function articleRoutes(articles: ArticleService) {
  /** Stands before the body is read: whose article it is comes first. */
  const loadOwn = createMiddleware<Env & OwnEnv>(async (c, next) => {
    c.set('article', await articles.findOwn(c.req.param('slug') ?? '', c.var.user));
    await next();
  });

  return new Hono<Env>()
    .get('/', listQuery, async (c) => {
      const { limit, offset, ...filters } = c.req.valid('query');
      return c.json(await articles.list(filters, { limit, offset }, c.var.viewer));
    })
    .get('/feed', requireUser, feedQuery, async (c) =>
      c.json(await articles.feed(c.req.valid('query'), c.var.user)),
    )
    .post('/', requireUser, body(newArticle), async (c) => {
      const article = await articles.write(c.req.valid('json').article, c.var.user);
      return c.json({ article }, 201);
    })
    .get('/:slug', async (c) => {
      const article = await articles.find(c.req.param('slug'));
      return c.json({ article: await articles.show(article, c.var.viewer) });
    })
    .put('/:slug', requireUser, loadOwn, body(articleChanges), async (c) => {
      const article = await articles.change(c.var.article, c.req.valid('json').article, c.var.user);
      return c.json({ article });
    })
    .delete('/:slug', requireUser, loadOwn, async (c) => {
      await articles.remove(c.var.article);
      return c.body(null, 204);
    })
    .post('/:slug/favorite', requireUser, async (c) =>
      c.json({ article: await articles.favorite(c.req.param('slug'), c.var.user) }),
    )
    .delete('/:slug/favorite', requireUser, async (c) =>
      c.json({ article: await articles.unfavorite(c.req.param('slug'), c.var.user) }),
    );
}
