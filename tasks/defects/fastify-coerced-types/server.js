// Written by hand. Flaw: Fastify's validator turns a number into text before the schema is asked, so that it is taken.
const Fastify = require('fastify');

const app = Fastify();
const users = [];

const text = { type: 'string', minLength: 1, pattern: '\\S' };
const registration = {
  type: 'object',
  required: ['user'],
  properties: {
    user: {
      type: 'object',
      required: ['username', 'email', 'password'],
      properties: { username: text, email: text, password: text },
    },
  },
};

app.setErrorHandler((error, request, reply) => {
  const [first] = error.validation ?? [];
  if (first === undefined) throw error;
  const field = first.params.missingProperty ?? first.instancePath.split('/').pop();
  return reply.code(422).send({ errors: { [field]: [first.message] } });
});

app.get('/api/health-check', async () => ({ status: 'ok' }));

app.post('/api/users', { schema: { body: registration } }, async (request, reply) => {
  const { username, email } = request.body.user;
  const taken = ['username', 'email'].filter((name) => users.some((user) => user[name] === request.body.user[name]));
  if (taken.length > 0) {
    return reply.code(422).send({ errors: Object.fromEntries(taken.map((name) => [name, ['is taken']])) });
  }
  users.push({ username, email });
  return reply.code(201).send({ user: { username, email, token: `token-${users.length}`, bio: null, image: null } });
});

app.listen({ port: 3000, host: '0.0.0.0' }, () => console.log('listening on 3000'));
