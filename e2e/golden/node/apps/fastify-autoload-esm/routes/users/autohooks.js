export default async function (app) {
  app.addHook('onRequest', async (request, reply) => void reply.header('x-hooked', 'users'));
}
