import { randomBytes } from 'node:crypto';
import jwt from '@fastify/jwt';
import fp from 'fastify-plugin';

/** The 48 bytes of its signature fill 64 characters: no bit of a token is left unread. */
const algorithm = 'HS384';

const tokenOf = (request) => /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];

/**
 * Sets `request.viewer` to the caller, or leaves it null for a stranger or a bad token. `app.requireUser` is the hook
 * that refuses strangers, `app.showUser(user)` the answer that holds a user and a new token.
 */
export const authentication = fp(
  async (app, { users, secret = randomBytes(48).toString('hex') }) => {
    await app.register(jwt, {
      secret,
      sign: { algorithm, expiresIn: '7d' },
      verify: { algorithms: [algorithm], extractToken: tokenOf },
    });

    app.decorateRequest('viewer', null);

    app.addHook('onRequest', async (request) => {
      if (tokenOf(request) === undefined) return;
      let claims;
      try {
        claims = await request.jwtVerify();
      } catch (error) {
        request.log.info(error, 'a token is refused');
        return;
      }
      request.viewer = (await users.byId(claims.id)) ?? null;
    });

    app.decorate('requireUser', async (request) => {
      if (!request.viewer) {
        throw app.httpErrors.createError(401, 'is missing or not valid', { subject: 'token' });
      }
    });

    app.decorate('showUser', ({ id, username, email, bio, image }) => ({
      user: { username, email, bio, image, token: app.jwt.sign({ id }) },
    }));
  },
  { name: 'authentication' },
);
