import { login, registration, userChanges } from './schemas.js';

export async function userRoutes(app, { users }) {
  app.post('/users', { schema: { body: registration } }, async (request, reply) =>
    reply.code(201).send(app.showUser(await users.register(request.body.user))),
  );

  app.post('/users/login', { schema: { body: login } }, async (request) =>
    app.showUser(await users.logIn(request.body.user)),
  );

  app.get('/user', { onRequest: app.requireUser }, async ({ viewer }) => app.showUser(viewer));

  app.put('/user', { onRequest: app.requireUser, schema: { body: userChanges } }, async ({ body, viewer }) =>
    app.showUser(await users.change(viewer.id, body.user)),
  );
}
