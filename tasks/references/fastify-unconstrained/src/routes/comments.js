import { forbidden, notFound } from '../plugins/errors.js';
import { newComment, showsComment, showsComments } from '../schemas.js';
import { commentView } from '../views.js';
import { articleHooks } from './article-hooks.js';

/** Below `/articles/:slug/comments`. */
export async function commentRoutes(app) {
  const { findArticle } = articleHooks(app);

  app.get(
    '/',
    { onRequest: findArticle, schema: { response: { 200: showsComments } } },
    async ({ article, user }) => ({
      comments: [...article.comments.values()].map((comment) => commentView(comment, user)),
    }),
  );

  app.post(
    '/',
    {
      onRequest: [app.authenticate, findArticle],
      schema: { body: newComment, response: { 201: showsComment } },
    },
    async ({ article, body, user }, reply) => {
      reply.code(201);
      return { comment: commentView(app.articles.addComment(article, user, body.comment.body), user) };
    },
  );

  app.delete(
    '/:id',
    { onRequest: [app.authenticate, findArticle] },
    async ({ article, params, user }, reply) => {
      const id = Number(params.id);
      const comment = article.comments.get(id);
      if (!comment) throw notFound('comment');
      if (comment.author !== user) throw forbidden('comment');
      article.comments.delete(id);
      return reply.code(204).send();
    },
  );
}
