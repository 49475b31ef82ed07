export default async function (app) {
  app.get('/', async (request, reply) => app.store.users.get(request.params.id) ?? reply.callNotFound());
}
