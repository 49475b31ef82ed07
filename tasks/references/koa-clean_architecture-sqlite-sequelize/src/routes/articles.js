import { requireUser } from './authentication.js';
import { body, shapes } from './body.js';

const wholeNumber = (value, fallback, least) =>
  /^\d{1,9}$/.test(value) && Number(value) >= least ? Number(value) : fallback;

const pageOf = ({ limit, offset }) => ({
  limit: wholeNumber(limit, 20, 1),
  offset: wholeNumber(offset, 0, 0),
});

export function articleRoutes(router, { articles }) {
  /** Refuses, before the body is read, who may not change the article that the path names. */
  const requireOwn = async (ctx, next) => {
    await articles.findOwn(ctx.params.slug, ctx.state.viewer);
    await next();
  };

  router.get('/articles', async (ctx) => {
    const { tag, author, favorited } = ctx.query;
    ctx.body = await articles.list({ tag, author, favorited }, pageOf(ctx.query), ctx.state.viewer);
  });

  router.get('/articles/feed', requireUser, async (ctx) => {
    ctx.body = await articles.feed(pageOf(ctx.query), ctx.state.viewer);
  });

  router.post('/articles', requireUser, body('article', shapes.newArticle), async (ctx) => {
    ctx.body = { article: await articles.write(ctx.state.fields, ctx.state.viewer) };
    ctx.status = 201;
  });

  router.get('/articles/:slug', async (ctx) => {
    const article = await articles.find(ctx.params.slug);
    ctx.body = { article: await articles.show(article, ctx.state.viewer) };
  });

  router.put(
    '/articles/:slug',
    requireUser,
    requireOwn,
    body('article', shapes.articleChanges),
    async (ctx) => {
      ctx.body = { article: await articles.change(ctx.params.slug, ctx.state.fields, ctx.state.viewer) };
    },
  );

  router.delete('/articles/:slug', requireUser, async (ctx) => {
    await articles.remove(ctx.params.slug, ctx.state.viewer);
    ctx.status = 204;
  });

  router.post('/articles/:slug/favorite', requireUser, async (ctx) => {
    ctx.body = { article: await articles.favorite(ctx.params.slug, ctx.state.viewer) };
  });

  router.delete('/articles/:slug/favorite', requireUser, async (ctx) => {
    ctx.body = { article: await articles.unfavorite(ctx.params.slug, ctx.state.viewer) };
  });
}
