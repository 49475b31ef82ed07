'use strict';

const { filters, newArticle, page } = require('../../schemas');

const windowOf = ({ limit, offset }) => ({ limit: Number(limit), offset: Number(offset) });

module.exports = async (app) => {
  app.get('/', { schema: { querystring: filters } }, async ({ query, user }) => {
    const { tag, author, favorited } = query;
    return app.articles.page({ tag, author, favorited, ...windowOf(query) }, user);
  });

  app.get('/feed', { onRequest: app.requireUser, schema: { querystring: page } }, async ({ query, user }) =>
    app.articles.page({ follower: user.id, ...windowOf(query) }, user),
  );

  app.post('/', { onRequest: app.requireUser, schema: { body: newArticle } }, async ({ body, user }, reply) =>
    reply.code(201).send({ article: app.articles.add(user, body.article).view }),
  );
};
