'use strict';

const { randomBytes } = require('node:crypto');
const jwt = require('jsonwebtoken');

const secret = process.env.JWT_SECRET ?? randomBytes(32).toString('hex');

const createToken = (user) => jwt.sign({}, secret, { subject: String(user.id), expiresIn: '7d' });

/** The id of the user whose token it is, or undefined. */
function readToken(token) {
  try {
    return Number(jwt.verify(token, secret, { algorithms: ['HS256'] }).sub);
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return undefined;
    throw error;
  }
}

/** Sets `ctx.state.user` to the caller; leaves it undefined for a stranger or a bad token. */
const identify = (conduit) => (ctx, next) => {
  const [scheme, token] = ctx.get('Authorization').split(' ');
  if (scheme === 'Token' && token) ctx.state.user = conduit.userById(readToken(token));
  return next();
};

const requireUser = (ctx, next) => {
  ctx.assert(ctx.state.user, 401, { errors: { token: ['is missing or not valid'] } });
  return next();
};

module.exports = { createToken, identify, requireUser };
