import { randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import jwt from 'jsonwebtoken';
import { ApiError } from './errors.js';

const secret = process.env.JWT_SECRET ?? randomBytes(32).toString('hex');
const rounds = 8;

export const hashPassword = (password) => bcrypt.hash(password, rounds);
export const isPassword = (password, hash) => bcrypt.compare(password, hash);
export const createToken = (user) => jwt.sign({ sub: String(user.id) }, secret, { expiresIn: '7d' });

/** Sets `req.user` to the caller; leaves it undefined for a stranger or a bad token. */
export function identify(store) {
  return (req, res, next) => {
    const [scheme, token] = (req.get('authorization') ?? '').split(' ');
    if (scheme === 'Token' && token) {
      try {
        req.user = store.userById(Number(jwt.verify(token, secret).sub));
      } catch {
        req.user = undefined;
      }
    }
    next();
  };
}

export function requireUser(req, res, next) {
  if (!req.user) throw new ApiError(401, { token: ['is missing or not valid'] });
  next();
}
