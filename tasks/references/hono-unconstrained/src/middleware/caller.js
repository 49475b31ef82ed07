import { createMiddleware } from 'hono/factory';
import { ApiError } from '../errors.js';
import { readToken } from '../tokens.js';

/** Sets `c.var.user` to the caller; leaves it undefined for a stranger or a bad token. */
export const identify = (store) =>
  createMiddleware(async (c, next) => {
    const [scheme, token] = (c.req.header('Authorization') ?? '').split(' ');
    if (scheme === 'Token' && token) c.set('user', store.users.byId(await readToken(token)));
    await next();
  });

export const requireUser = createMiddleware(async (c, next) => {
  if (!c.var.user) throw new ApiError(401, { token: ['is missing or not valid'] });
  await next();
});
