'use strict';

const { forbidden, notFound } = require('../../../../errors');
const { newComment } = require('../../../../schemas');

module.exports = async (app) => {
  app.get('/', { onRequest: app.findArticle }, async ({ article, user }) => ({
    comments: app.comments.list(article, user),
  }));

  app.post(
    '/',
    { onRequest: [app.requireUser, app.findArticle], schema: { body: newComment } },
    async ({ article, body, user }, reply) => {
      const comment = app.comments.add(article, user, body.comment.body);
      if (comment === undefined) throw notFound('article');
      return reply.code(201).send({ comment: comment.view });
    },
  );

  app.delete(
    '/:id',
    { onRequest: [app.requireUser, app.findArticle] },
    async ({ article, params, user }, reply) => {
      const comment = app.comments.find(article, Number(params.id), user);
      if (comment === undefined) throw notFound('comment');
      if (comment.authorId !== user.id) throw forbidden('comment');
      app.comments.remove(comment);
      return reply.code(204).send();
    },
  );
};
