import { randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { problem } from './errors.js';

const secret = process.env.JWT_SECRET ?? randomBytes(32).toString('hex');

export const createToken = (user) => jwt.sign({ id: user.id }, secret, { expiresIn: '7d' });

function idOf(token) {
  try {
    return jwt.verify(token, secret).id;
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return undefined;
    throw error;
  }
}

/** Sets `ctx.state.user` to the caller; leaves it undefined for a stranger or a bad token. */
export async function identify(ctx, next) {
  const token = /^Token (\S+)$/.exec(ctx.get('Authorization'))?.[1];
  const id = token && idOf(token);
  if (id) ctx.state.user = await ctx.users.byId(id);
  await next();
}

export async function requireUser(ctx, next) {
  if (!ctx.state.user) throw problem(401, 'token', 'is missing or not valid');
  await next();
}
