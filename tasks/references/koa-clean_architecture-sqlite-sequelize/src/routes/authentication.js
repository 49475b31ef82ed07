import { randomBytes } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { Problem } from '../services/problem.js';

const { JsonWebTokenError, sign, verify } = jsonwebtoken;

const secret = process.env.JWT_SECRET ?? randomBytes(32).toString('hex');

export const createToken = (user) => sign({ id: user.id }, secret, { expiresIn: '7d' });

function idFrom(header) {
  const [, token] = /^Token (\S+)$/.exec(header) ?? [];
  if (token === undefined) return undefined;
  try {
    return verify(token, secret).id;
  } catch (error) {
    if (error instanceof JsonWebTokenError) return undefined;
    throw error;
  }
}

/** Sets `ctx.state.viewer` to the caller; leaves it undefined for a stranger or a bad token. */
export const authentication = (users) => async (ctx, next) => {
  const id = idFrom(ctx.get('Authorization'));
  if (id !== undefined) ctx.state.viewer = (await users.byId(id)) ?? undefined;
  await next();
};

export function requireUser(ctx, next) {
  if (!ctx.state.viewer) throw new Problem('unknown', 'token', 'is missing or not valid');
  return next();
}
