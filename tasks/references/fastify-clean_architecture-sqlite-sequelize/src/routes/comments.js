import { newComment, showsComment, showsComments } from './schemas.js';

/** Below `/articles/:slug/comments`. */
export async function commentRoutes(app, { comments }) {
  app.decorateRequest('article', null);

  app.get('/', { schema: { response: showsComments } }, async ({ params, viewer }) => ({
    comments: await comments.list(params.slug, viewer),
  }));

  const findArticle = async (request) => {
    request.article = await comments.requireArticle(request.params.slug);
  };

  app.post(
    '/',
    { onRequest: [app.requireUser, findArticle], schema: { body: newComment, response: showsComment } },
    async ({ article, body, viewer }, reply) => {
      reply.code(201);
      return { comment: await comments.write(article, viewer, body.comment.body) };
    },
  );

  app.delete('/:id', { onRequest: app.requireUser }, async ({ params, viewer }, reply) => {
    await comments.remove(params.slug, Number(params.id), viewer);
    return reply.code(204).send();
  });
}
