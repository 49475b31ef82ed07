'use strict';

const { randomBytes } = require('node:crypto');
const { createSigner, createVerifier, TokenError } = require('fast-jwt');
const fp = require('fastify-plugin');
const { ApiError } = require('../errors');

const week = 7 * 24 * 60 * 60 * 1000;

/** The 48 bytes of its signature fill 64 characters: no bit of a token is left unread. */
const algorithm = 'HS384';

/**
 * Sets `request.user` to the caller, or leaves it null for a stranger or a bad token. `app.requireUser` is the hook
 * that refuses strangers, `app.showUser(user)` the user with a new token.
 */
module.exports = fp(
  async (app, { jwtSecret = randomBytes(48).toString('hex') }) => {
    const sign = createSigner({ key: jwtSecret, algorithm, expiresIn: week });
    const verify = createVerifier({ key: jwtSecret, algorithms: [algorithm] });

    function userOf(token) {
      try {
        return app.users.byId(Number(verify(token).sub)) ?? null;
      } catch (error) {
        if (error instanceof TokenError) return null;
        throw error;
      }
    }

    app.decorateRequest('user', null);

    app.addHook('onRequest', async (request) => {
      const [scheme, token] = (request.headers.authorization ?? '').split(' ');
      if (scheme === 'Token' && token) request.user = userOf(token);
    });

    app.decorate('requireUser', async (request) => {
      if (request.user === null) throw new ApiError(401, 'token', 'is missing or not valid');
    });

    app.decorate('showUser', ({ id, username, email, bio, image }) => ({
      user: { username, email, bio, image, token: sign({ sub: String(id) }) },
    }));
  },
  { name: 'auth', dependencies: ['database'] },
);
