'use strict';

const Router = require('@koa/router');
const { requireUser } = require('../middleware/auth');
const { body, optional, text, texts } = require('../middleware/body');
const { loadArticle } = require('./load-article');

/** A whole number of the query, or the default when it is none. */
const numberOf = (value, fallback, least) => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= least ? number : fallback;
};

function articleRouter(conduit) {
  const router = new Router({ prefix: '/articles' });
  const load = loadArticle(conduit);

  const requireAuthor = (ctx, next) => {
    const { article, user } = ctx.state;
    ctx.assert(article.author === user, 403, { errors: { article: ['belongs to somebody else'] } });
    return next();
  };
  const show = (ctx, article) => {
    ctx.body = { article: article.viewFor(ctx.state.user) };
  };
  const showPage = (ctx, articles) => {
    const limit = numberOf(ctx.query.limit, 20, 1);
    const offset = numberOf(ctx.query.offset, 0, 0);
    ctx.body = {
      articles: articles.slice(offset, offset + limit).map((article) => article.itemFor(ctx.state.user)),
      articlesCount: articles.length,
    };
  };

  router.get('/', (ctx) => {
    const { tag, author, favorited } = ctx.query;
    const fan = conduit.userBy('username', favorited);
    showPage(
      ctx,
      conduit.articles(
        (article) =>
          (tag === undefined || article.tagList.includes(tag)) &&
          (author === undefined || article.author.username === author) &&
          (favorited === undefined || article.fans.has(fan)),
      ),
    );
  });

  router.get('/feed', requireUser, (ctx) => {
    showPage(
      ctx,
      conduit.articles(({ author }) => author.followers.has(ctx.state.user)),
    );
  });

  const fields = { title: text, description: text, body: text, tagList: optional(texts) };
  const changes = Object.fromEntries(
    Object.entries(fields).map(([field, check]) => [field, optional(check)]),
  );

  router.post('/', requireUser, body('article', fields), (ctx) => {
    ctx.status = 201;
    show(ctx, conduit.addArticle(ctx.state.user, ctx.state.fields));
  });

  router.get('/:slug', load, (ctx) => {
    show(ctx, ctx.state.article);
  });

  router.put('/:slug', requireUser, load, requireAuthor, body('article', changes), (ctx) => {
    conduit.changeArticle(ctx.state.article, ctx.state.fields);
    show(ctx, ctx.state.article);
  });

  router.delete('/:slug', requireUser, load, requireAuthor, (ctx) => {
    conduit.removeArticle(ctx.state.article);
    ctx.status = 204;
  });

  router.post('/:slug/favorite', requireUser, load, (ctx) => {
    ctx.state.article.fans.add(ctx.state.user);
    show(ctx, ctx.state.article);
  });

  router.delete('/:slug/favorite', requireUser, load, (ctx) => {
    ctx.state.article.fans.delete(ctx.state.user);
    show(ctx, ctx.state.article);
  });

  return router;
}

module.exports = { articleRouter };
