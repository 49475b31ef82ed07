import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { CommentService } from '../services/comment-service.js';
import { type Env, requireUser } from './caller.js';
import { body, newComment } from './requests.js';

type ArticleEnv = { Variables: { article: Awaited<ReturnType<CommentService['findArticle']>> } };

/** Below `/articles/:slug/comments`. */
export function commentRoutes(comments: CommentService) {
  const loadArticle = createMiddleware<Env & ArticleEnv>(async (c, next) => {
    c.set('article', await comments.findArticle(c.req.param('slug') ?? ''));
    await next();
  });
  const slugOf = (c: { req: { param(name: 'slug'): string | undefined } }) => c.req.param('slug') ?? '';

  return new Hono<Env>()
    .get('/', async (c) => c.json({ comments: await comments.list(slugOf(c), c.var.viewer) }))
    .post('/', requireUser, loadArticle, body(newComment), async (c) => {
      const comment = await comments.write(c.var.article, c.req.valid('json').comment.body, c.var.user);
      return c.json({ comment }, 201);
    })
    .delete('/:id', requireUser, async (c) => {
      await comments.remove(slugOf(c), Number(c.req.param('id')), c.var.user);
      return c.body(null, 204);
    });
}
