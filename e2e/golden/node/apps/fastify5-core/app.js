const fastify = require('fastify')({ logger: false, ajv: { customOptions: { allErrors: false } }, bodyLimit: 2048, caseSensitive: true });
fastify.decorate('answer', 42);
fastify.decorateRequest('user', null);
fastify.decorateReply('shout', function (text) {
  return this.send({ shout: text.toUpperCase() });
});
const trail = [];
for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'onResponse']) {
  fastify.addHook(hook, async (request) => {
    if (request.url.startsWith('/hooks')) trail.push(hook);
  });
}
fastify.addHook('onSend', async (request, reply, payload) => {
  reply.header('x-len', typeof payload === 'string' ? payload.length : -1);
  return payload;
});
fastify.addSchema({ $id: 'tag', type: 'object', properties: { name: { type: 'string', minLength: 2 } }, required: ['name'] });
fastify.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => done(null, body.split('\n').map((l) => l.split(','))));
fastify.addContentTypeParser(/^application\/vnd\./, { parseAs: 'buffer' }, async (request, body) => ({ bytes: body.length }));
fastify.setSchemaErrorFormatter((errors, dataVar) => Object.assign(new Error(`${dataVar}: ${errors.map((e) => `${e.instancePath || '/'} ${e.message}`).join('; ')}`), { custom: true }));
fastify.get('/', async () => ({ hello: 'world', answer: fastify.answer }));
fastify.get('/hooks', async () => trail);
fastify.get('/shout/:text', (request, reply) => reply.shout(request.params.text));
fastify.post('/items/:id', {
  schema: {
    params: { type: 'object', properties: { id: { type: 'integer' } } },
    querystring: { type: 'object', properties: { n: { type: 'number', default: 7 }, list: { type: 'array', items: { type: 'integer' } }, flag: { type: 'boolean' } }, additionalProperties: false },
    headers: { type: 'object', properties: { 'x-level': { type: 'integer', maximum: 5 } } },
    body: { type: 'object', required: ['title'], additionalProperties: false, properties: { title: { type: 'string', minLength: 1 }, mail: { type: 'string', format: 'email' }, kind: { enum: ['a', 'b'] }, tag: { $ref: 'tag#' }, count: { type: 'integer', minimum: 1, nullable: true } } },
    response: { 201: { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' }, secret: { type: 'null' }, when: { type: 'string', format: 'date-time' }, query: { type: 'object', additionalProperties: true } } } },
  },
}, async (request, reply) => reply.code(201).send({ id: request.params.id, title: request.body.title, hidden: 'x', when: new Date(0), query: request.query }));
fastify.get('/serial', { schema: { response: { 200: { type: 'object', required: ['must'], properties: { must: { type: 'string' } } } } } }, async (request) => (request.query.ok ? { must: 1, other: 2 } : { other: 1 }));
fastify.post('/echo', async (request) => ({ body: request.body ?? null }));
fastify.get('/text', (request, reply) => reply.send('text'));
fastify.get('/html', (request, reply) => reply.type('text/html').send('<p>ü</p>'));
fastify.get('/buffer', (request, reply) => reply.send(Buffer.from('bytes')));
fastify.get('/stream', (request, reply) => reply.type('text/plain').send(require('node:stream').Readable.from(['a', 'b', 'c'])));
fastify.get('/null', (request, reply) => reply.send(null));
fastify.get('/undefined', async () => undefined);
fastify.get('/number', (request, reply) => reply.send(5));
fastify.get('/empty', (request, reply) => reply.code(204).send());
fastify.get('/headers', (request, reply) => reply.header('set-cookie', 'a=1').header('set-cookie', 'b=2').headers({ 'x-a': 1, 'x-b': ['1', '2'] }).send({ ip: request.ip, host: request.hostname, protocol: request.protocol, id: request.id, url: request.url, route: request.routeOptions.url }));
fastify.get('/throw', async () => {
  throw new Error('thrown');
});
fastify.get('/throw/status', async () => {
  throw Object.assign(new Error('gone'), { statusCode: 410, code: 'E_GONE' });
});
fastify.get('/throw/value', async () => {
  throw { not: 'an error' };
});
fastify.get('/send-error', (request, reply) => reply.code(502).send(new Error('bad upstream')));
fastify.get('/twice', async (request, reply) => {
  reply.send('one');
  try {
    reply.send('two');
  } catch (error) {
    console.log(error.code);
  }
  return reply;
});
fastify.get('/bad-payload', async (request, reply) => reply.type('text/plain').send({ a: 1 }));
fastify.get('/bad-status', async (request, reply) => reply.code(999).send('x'));
fastify.get('/cycle', async () => {
  const a = {};
  a.a = a;
  return a;
});
fastify.get('/wild/*', async (request) => request.params);
fastify.get('/re/:file(^\\d+).png', async (request) => request.params);
fastify.get('/multi/:a-:b', async (request) => request.params);
fastify.get('/inject', async () => {
  const response = await fastify.inject({ method: 'POST', url: '/echo', payload: { via: 'inject' }, headers: { 'x-a': '1' } });
  return { status: response.statusCode, headers: Object.keys(response.headers), body: response.json() };
});
fastify.route({ method: ['PUT', 'DELETE'], url: '/many', handler: async (request) => request.method });
fastify.register(async (child) => {
  child.setErrorHandler((error, request, reply) => reply.code(error.statusCode ?? 500).send({ child: error.message, code: error.code ?? null }));
  child.setNotFoundHandler((request, reply) => reply.code(404).send({ child: 'not here' }));
  child.get('/', async () => ({ scoped: true, answer: child.answer }));
  child.get('/fail', async () => {
    throw new TypeError('child failed');
  });
  child.post('/body', { schema: { body: { type: 'object', required: ['a'] } } }, async (request) => request.body);
}, { prefix: '/child' });
fastify.get('/redirect', (request, reply) => reply.redirect('/elsewhere', 303));
fastify.listen({ port: Number(process.env.PORT) || 3000, host: '0.0.0.0' }).then((address) => console.log(address.replace(/127.0.0.1|0.0.0.0/, 'host')), (error) => console.log(error));
process.on('SIGTERM', () => fastify.close().then(() => console.log('closed')));
console.log([() => fastify.decorate('answer', 1), () => fastify.route({ method: 'GRAB', url: '/x', handler() {} }), () => fastify.get('/', async () => 1), () => fastify.decorateRequest('list', []), () => fastify.addContentTypeParser('text/csv', () => {})].map((f) => {
  try {
    return String(f()).slice(0, 20);
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
}).join('\n'));
