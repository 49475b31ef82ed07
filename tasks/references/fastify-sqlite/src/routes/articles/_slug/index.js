'use strict';

const { forbidden, notFound } = require('../../../errors');
const { articleChanges } = require('../../../schemas');

module.exports = async (app) => {
  const requireAuthor = async ({ article, user }) => {
    if (article.authorId !== user.id) throw forbidden('article');
  };

  app.get('/', { onRequest: app.findArticle }, async ({ article }) => ({ article: article.view }));

  const own = { onRequest: [app.requireUser, app.findArticle, requireAuthor] };

  app.put('/', { ...own, schema: { body: articleChanges } }, async ({ article, body, user }) => ({
    article: app.articles.change(article, body.article, user).view,
  }));

  app.delete('/', own, async ({ article }, reply) => {
    app.articles.remove(article);
    return reply.code(204).send();
  });

  const mark = { onRequest: [app.requireUser, app.findArticle] };

  const show = (article) => {
    if (article === undefined) throw notFound('article');
    return { article: article.view };
  };

  app.post('/favorite', mark, async ({ article, user }) => show(app.articles.favorite(article, user)));

  app.delete('/favorite', mark, async ({ article, user }) => show(app.articles.unfavorite(article, user)));
};
