'use strict';

const { randomBytes } = require('node:crypto');
const bcrypt = require('bcryptjs');
const jwt = require('jsonwebtoken');
const { ApiError } = require('./errors');

const secret = process.env.JWT_SECRET || randomBytes(32).toString('hex');
const rounds = 8;

const hashPassword = (password) => bcrypt.hash(password, rounds);
const isPassword = (password, hash) => bcrypt.compare(password, hash);
const createToken = (user) => jwt.sign({ sub: String(user.id) }, secret, { expiresIn: '7d' });

/** Sets `req.user` to the caller; leaves it undefined for a stranger or a bad token. */
function identify(users) {
  return (req, res, next) => {
    const [scheme, token] = (req.get('authorization') || '').split(' ');
    if (scheme === 'Token' && token) {
      try {
        req.user = users.byId(Number(jwt.verify(token, secret).sub));
      } catch (error) {
        if (!(error instanceof jwt.JsonWebTokenError)) throw error;
      }
    }
    next();
  };
}

function requireUser(req, res, next) {
  if (req.user) next();
  else next(new ApiError(401, { token: ['is missing or not valid'] }));
}

module.exports = { createToken, hashPassword, identify, isPassword, requireUser };
