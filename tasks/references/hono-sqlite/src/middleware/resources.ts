import { createMiddleware } from 'hono/factory';
import type { ArticleEnv, Env, ProfileEnv, UserEnv } from '../env.js';
import { forbidden, notFound } from '../errors.js';

/** Sets the variable `article` to the one that the path names. */
export const loadArticle = createMiddleware<Env & ArticleEnv>(async (c, next) => {
  const article = c.var.db.articles.bySlug(c.req.param('slug') ?? '', c.var.user);
  if (article === undefined) throw notFound('article');
  c.set('article', article);
  await next();
});

export const requireAuthor = createMiddleware<UserEnv & ArticleEnv>(async (c, next) => {
  if (c.var.article.authorId !== c.var.user.id) throw forbidden('article');
  await next();
});

/** Sets the variable `profile` to the user whom the path names. */
export const loadProfile = createMiddleware<Env & ProfileEnv>(async (c, next) => {
  const profile = c.var.db.users.byUsername(c.req.param('username') ?? '');
  if (profile === undefined) throw notFound('profile');
  c.set('profile', profile);
  await next();
});
