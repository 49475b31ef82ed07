const fastify = require('fastify')({ logger: true, disableRequestLogging: false, genReqId: (() => { let n = 0; return () => `req-${++n}`; })() });
async function main() {
  await fastify.register(require('@fastify/cors'), { origin: ['http://a.test'], credentials: true, methods: ['GET', 'POST'] });
  await fastify.register(require('@fastify/helmet'), { contentSecurityPolicy: false });
  await fastify.register(require('@fastify/sensible'));
  await fastify.register(require('@fastify/cookie'), { secret: 'cookie-secret' });
  await fastify.register(require('@fastify/formbody'));
  await fastify.register(require('@fastify/jwt'), { secret: 'jwt-secret', sign: { noTimestamp: true }, cookie: { cookieName: 'token', signed: false } });
  await fastify.register(require('@fastify/rate-limit'), { global: false });
  await fastify.register(require('@fastify/swagger'), { openapi: { info: { title: 'Plugins', version: '1.0.0' }, components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } } });
  fastify.decorate('authenticate', async (request, reply) => {
    try {
      await request.jwtVerify();
    } catch (error) {
      reply.send(error);
    }
  });
  fastify.post('/login', { schema: { tags: ['auth'], body: { type: 'object', required: ['user'], properties: { user: { type: 'string' } } }, response: { 200: { type: 'object', properties: { token: { type: 'string' } } } } } }, async (request, reply) => {
    const token = fastify.jwt.sign({ sub: request.body.user, admin: request.body.user === 'root' });
    reply.setCookie('token', token, { path: '/', httpOnly: true });
    return { token };
  });
  fastify.get('/me', { onRequest: [fastify.authenticate], schema: { security: [{ bearer: [] }] } }, async (request) => request.user);
  fastify.get('/expired', async () => ({ token: fastify.jwt.sign({ sub: 'x', iat: 1, exp: 2 }) }));
  fastify.get('/errors/:name', async (request) => {
    throw fastify.httpErrors[request.params.name]();
  });
  fastify.get('/assert', async () => fastify.assert(false, 400, 'asserted'));
  fastify.get('/to', async () => fastify.to(Promise.reject(new Error('caught'))).then(([error, value]) => ({ error: error.message, value: value ?? null })));
  fastify.post('/form', async (request) => request.body);
  fastify.get('/cookies', async (request, reply) => {
    reply.setCookie('plain', 'a b', { maxAge: 60 }).setCookie('signed', 'v', { signed: true, sameSite: 'strict', secure: 'auto' }).clearCookie('gone');
    return { cookies: request.cookies, signed: request.cookies.signed ? request.unsignCookie(request.cookies.signed) : null };
  });
  fastify.get('/limited', { config: { rateLimit: { max: 1, timeWindow: 60000 } } }, async () => 'in');
  fastify.get('/fail', async () => {
    throw new Error('logged');
  });
  fastify.get('/log', async (request) => {
    request.log.info({ extra: { a: 1 } }, 'with %s', 'format');
    request.log.warn('warned');
    request.log.debug('not shown');
    request.log.child({ part: 'x' }).error(new TypeError('an error'), 'logged error');
    return 'ok';
  });
  await fastify.listen({ port: Number(process.env.PORT) || 3000, host: '127.0.0.1' });
}
fastify.get('/docs.json', { schema: { hide: true } }, async () => fastify.swagger());
main();
process.on('SIGTERM', () => fastify.close());
