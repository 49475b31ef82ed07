import { randomBytes } from 'node:crypto';
import jwt from '@fastify/jwt';
import fp from 'fastify-plugin';
import { ApiError } from './errors.js';

const secret = process.env.JWT_SECRET ?? randomBytes(48).toString('hex');

/** Authorization: Token <jwt> */
const tokenOf = (request) => /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];

/**
 * Sets `request.user` to the caller, or leaves it null for a stranger or a bad token.
 * `app.authenticate` refuses strangers, `app.tokenFor(user)` makes a token.
 */
export const auth = fp(
  async (app) => {
    await app.register(jwt, {
      secret,
      // The 48 bytes of an HS384 signature fill 64 characters: no bit of a token is left unread.
      sign: { algorithm: 'HS384', expiresIn: '7d' },
      verify: { algorithms: ['HS384'], extractToken: tokenOf },
      formatUser: ({ sub }) => app.users.byId(Number(sub)) ?? null,
    });

    app.decorate('tokenFor', (user) => app.jwt.sign({ sub: String(user.id) }));

    app.decorate('authenticate', async (request) => {
      if (!request.user) throw new ApiError(401, 'token', 'is missing or not valid');
    });

    app.addHook('onRequest', async (request) => {
      if (tokenOf(request) === undefined) return;
      try {
        await request.jwtVerify();
      } catch (error) {
        request.log.info(error, 'refused a token');
      }
    });
  },
  { name: 'auth' },
);
