import { factory } from '../env.js';
import { forbidden, notFound } from '../errors.js';
import { body, text } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { loadArticle } from '../middleware/resources.js';

/** Below `/articles/:slug/comments`. */
export const comments = factory
  .createApp()
  .get('/', loadArticle, (c) => {
    const { article, db, user } = c.var;
    return c.json({ comments: db.comments.list(article, user).map(({ view }) => view) });
  })
  .post('/', requireUser, loadArticle, body('comment', { body: text }), (c) => {
    const { article, db, user } = c.var;
    const comment = db.comments.add(article, user, c.req.valid('json').body);
    if (comment === undefined) throw notFound('article');
    return c.json({ comment: comment.view }, 201);
  })
  .delete('/:id', requireUser, loadArticle, (c) => {
    const { article, db, user } = c.var;
    const comment = db.comments.find(article, Number(c.req.param('id')), user);
    if (comment === undefined) throw notFound('comment');
    if (comment.authorId !== user.id) throw forbidden('comment');
    db.comments.remove(comment);
    return c.body(null, 204);
  });
