import { createMiddleware } from 'hono/factory';
import type { Env, UserEnv } from '../env.js';
import { ApiError } from '../errors.js';
import { readToken } from '../tokens.js';

/** Sets the variable `user` to the caller; leaves it undefined for a stranger or a bad token. */
export const identify = createMiddleware<Env>(async (c, next) => {
  const token = /^Token (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
  const id = token === undefined ? undefined : await readToken(token);
  c.set('user', id === undefined ? undefined : c.var.db.users.byId(id));
  await next();
});

export const requireUser = createMiddleware<UserEnv>(async (c, next) => {
  const user: UserEnv['Variables']['user'] | undefined = c.var.user;
  if (user === undefined) throw new ApiError(401, { token: ['is missing or not valid'] });
  await next();
});
