import { requireUser } from './authentication.js';
import { body, shapes } from './body.js';

export function commentRoutes(router, { articles, comments }) {
  const requireArticle = async (ctx, next) => {
    await articles.find(ctx.params.slug);
    await next();
  };

  router.get('/articles/:slug/comments', async (ctx) => {
    ctx.body = { comments: await comments.list(ctx.params.slug, ctx.state.viewer) };
  });

  router.post(
    '/articles/:slug/comments',
    requireUser,
    requireArticle,
    body('comment', shapes.newComment),
    async (ctx) => {
      const comment = await comments.write(ctx.params.slug, ctx.state.fields.body, ctx.state.viewer);
      ctx.body = { comment };
      ctx.status = 201;
    },
  );

  router.delete('/articles/:slug/comments/:id', requireUser, async (ctx) => {
    await comments.remove(ctx.params.slug, Number(ctx.params.id), ctx.state.viewer);
    ctx.status = 204;
  });
}
