export default async function (app) {
  app.get('/', async () => [...app.store.users.values()]);
  app.post('/', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } }, async (request, reply) => {
    const user = { id: String(app.store.users.size + 1), name: request.body.name };
    app.store.users.set(user.id, user);
    return reply.code(201).header('location', `/api/users/${user.id}`).send(user);
  });
}
