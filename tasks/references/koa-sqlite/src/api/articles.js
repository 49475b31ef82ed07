import { body, text, texts } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { problem } from '../middleware/errors.js';
import { loadArticle, requireAuthor } from '../middleware/resources.js';

const newArticle = {
  title: text.required(),
  description: text.required(),
  body: text.required(),
  tagList: texts,
};
const changes = { title: text, description: text, body: text, tagList: texts };

/** A whole number of the query, or the default when it is none. */
function numberOf(value, fallback, least) {
  const number = Number(value ?? fallback);
  return Number.isInteger(number) && number >= least ? number : fallback;
}

const pageOf = ({ limit, offset }) => ({ limit: numberOf(limit, 20, 1), offset: numberOf(offset, 0, 0) });

/** As it stands now; somebody may have deleted it meanwhile. */
async function show(ctx, id) {
  const article = await ctx.articles.byId(id, ctx.state.user);
  if (!article) throw problem(404, 'article', 'not found');
  ctx.body = { article: article.view };
}

export function articleApi(router) {
  router.get('/articles', async (ctx) => {
    const { tag, author, favorited } = ctx.query;
    ctx.body = await ctx.articles.page({ tag, author, favorited }, pageOf(ctx.query), ctx.state.user);
  });

  router.get('/articles/feed', requireUser, async (ctx) => {
    const { user } = ctx.state;
    ctx.body = await ctx.articles.page({ follower: user.id }, pageOf(ctx.query), user);
  });

  router.post('/articles', requireUser, body('article', newArticle), async (ctx) => {
    await show(ctx, await ctx.articles.add(ctx.state.user, ctx.state.fields));
    ctx.status = 201;
  });

  router.get('/articles/:slug', loadArticle, (ctx) => {
    ctx.body = { article: ctx.state.article.view };
  });

  router.put(
    '/articles/:slug',
    requireUser,
    loadArticle,
    requireAuthor,
    body('article', changes),
    async (ctx) => {
      await ctx.articles.change(ctx.state.article, ctx.state.fields);
      await show(ctx, ctx.state.article.id);
    },
  );

  router.delete('/articles/:slug', requireUser, loadArticle, requireAuthor, async (ctx) => {
    await ctx.articles.remove(ctx.state.article);
    ctx.status = 204;
  });

  router.post('/articles/:slug/favorite', requireUser, loadArticle, async (ctx) => {
    await ctx.articles.favorite(ctx.state.article, ctx.state.user);
    await show(ctx, ctx.state.article.id);
  });

  router.delete('/articles/:slug/favorite', requireUser, loadArticle, async (ctx) => {
    await ctx.articles.unfavorite(ctx.state.article, ctx.state.user);
    await show(ctx, ctx.state.article.id);
  });
}
