import { createMiddleware } from 'hono/factory';
import { forbidden, notFound } from '../errors.js';

/** Sets `c.var.profile` to the user whom the path names. */
export const loadProfile = (store) =>
  createMiddleware(async (c, next) => {
    const profile = store.users.byUsername(c.req.param('username'));
    if (!profile) throw notFound('profile');
    c.set('profile', profile);
    await next();
  });

/** Sets `c.var.article` to the one that the path names. */
export const loadArticle = (store) =>
  createMiddleware(async (c, next) => {
    const article = store.articles.bySlug(c.req.param('slug'));
    if (!article) throw notFound('article');
    c.set('article', article);
    await next();
  });

export const requireAuthor = createMiddleware(async (c, next) => {
  if (c.var.article.authorId !== c.var.user.id) throw forbidden('article');
  await next();
});
