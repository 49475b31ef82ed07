import { createMiddleware } from 'hono/factory';
import type { Account, UserService } from '../services/user-service.js';
import { Refusal } from '../services/refusal.js';
import { readToken } from './tokens.js';

export interface Env {
  Variables: {
    /** The caller; undefined for a stranger. */
    viewer: Account | undefined;
  };
}

/** Below `requireUser`. */
export interface UserEnv {
  Variables: { user: Account };
}

export const identify = (users: UserService) =>
  createMiddleware<Env>(async (c, next) => {
    const token = /^Token (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    const id = token === undefined ? undefined : await readToken(token);
    c.set('viewer', id === undefined ? undefined : ((await users.byId(id)) ?? undefined));
    await next();
  });

export const requireUser = createMiddleware<Env & UserEnv>(async (c, next) => {
  if (c.var.viewer === undefined) throw new Refusal('stranger', 'token', 'is missing or not valid');
  c.set('user', c.var.viewer);
  await next();
});
