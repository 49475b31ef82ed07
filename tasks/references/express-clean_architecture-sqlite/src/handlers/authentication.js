'use strict';

const { randomBytes } = require('node:crypto');
const jwt = require('jsonwebtoken');
const { NotKnown } = require('../usecases/refusals');

const secret = process.env.JWT_SECRET ?? randomBytes(32).toString('hex');

const createToken = (user) => jwt.sign({ id: user.id }, secret, { expiresIn: '7d' });

function readToken(token) {
  try {
    return jwt.verify(token, secret);
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return undefined;
    throw error;
  }
}

/** Sets `req.user` to the caller; leaves it undefined for a stranger or a bad token. */
function authentication(users) {
  return (req, res, next) => {
    const [scheme, token] = (req.get('Authorization') ?? '').split(' ');
    const claims = scheme === 'Token' && token ? readToken(token) : undefined;
    if (claims) req.user = users.find(claims.id);
    next();
  };
}

function requireUser(req, res, next) {
  if (req.user === undefined) throw new NotKnown('token', 'is missing or not valid');
  next();
}

module.exports = { authentication, createToken, requireUser };
