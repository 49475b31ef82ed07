import { Hono } from 'hono';
import { forbidden, notFound } from '../errors.js';
import { body } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { loadArticle } from '../middleware/resources.js';
import { newComment } from '../requests.js';
import { createViews } from '../views.js';

/** Below `/articles/:slug/comments`. */
export function comments(store) {
  const views = createViews(store);
  const load = loadArticle(store);

  return new Hono()
    .get('/', load, (c) =>
      c.json({
        comments: store.comments.list(c.var.article.id).map((comment) => views.comment(comment, c.var.user)),
      }),
    )
    .post('/', requireUser, load, body(newComment), (c) => {
      const { body: text } = c.req.valid('json').comment;
      const comment = store.comments.add(c.var.article.id, c.var.user.id, text);
      return c.json({ comment: views.comment(comment, c.var.user) }, 201);
    })
    .delete('/:id', requireUser, load, (c) => {
      const comment = store.comments.byId(Number(c.req.param('id')));
      if (comment?.articleId !== c.var.article.id) throw notFound('comment');
      if (comment.authorId !== c.var.user.id) throw forbidden('comment');
      store.comments.remove(comment.id);
      return c.body(null, 204);
    });
}
