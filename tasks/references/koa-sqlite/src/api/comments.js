import { body, text } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { problem } from '../middleware/errors.js';
import { loadArticle } from '../middleware/resources.js';

export function commentApi(router) {
  router.get('/articles/:slug/comments', loadArticle, async (ctx) => {
    const comments = await ctx.comments.list(ctx.state.article, ctx.state.user);
    ctx.body = { comments: comments.map(({ view }) => view) };
  });

  router.post(
    '/articles/:slug/comments',
    requireUser,
    loadArticle,
    body('comment', { body: text.required() }),
    async (ctx) => {
      const { article, fields, user } = ctx.state;
      const comment = await ctx.comments.add(article, user, fields.body);
      ctx.status = 201;
      ctx.body = { comment: comment.view };
    },
  );

  router.delete('/articles/:slug/comments/:id', requireUser, loadArticle, async (ctx) => {
    const { article, user } = ctx.state;
    const comment = await ctx.comments.find(article, Number(ctx.params.id), user);
    if (!comment) throw problem(404, 'comment', 'not found');
    if (comment.authorId !== user.id) throw problem(403, 'comment', 'belongs to somebody else');
    await ctx.comments.remove(comment);
    ctx.status = 204;
  });
}
