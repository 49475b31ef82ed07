import { hashPassword, isPassword } from '../passwords.js';
import { ApiError } from '../plugins/errors.js';
import { login, registration, showsUser, userChanges } from '../schemas.js';

export async function userRoutes(app) {
  const { users } = app;

  const show = (user) => ({ user: { ...user, token: app.tokenFor(user) } });

  function requireUnused(names, self) {
    const field = users.taken(names, self);
    if (field) throw new ApiError(422, field, 'has already been taken');
  }

  app.post(
    '/users',
    { schema: { body: registration, response: { 201: showsUser } } },
    async (request, reply) => {
      const { username, email, password } = request.body.user;
      requireUnused({ username, email });
      const passwordHash = await hashPassword(password);
      // Somebody else may have taken them meanwhile.
      requireUnused({ username, email });
      reply.code(201);
      return show(users.add({ username, email, passwordHash }));
    },
  );

  app.post('/users/login', { schema: { body: login, response: { 200: showsUser } } }, async (request) => {
    const { email, password } = request.body.user;
    const user = users.byEmail(email);
    if (!user || !(await isPassword(password, user.passwordHash))) {
      throw new ApiError(401, 'credentials', 'are not valid');
    }
    return show(user);
  });

  app.get(
    '/user',
    { onRequest: app.authenticate, schema: { response: { 200: showsUser } } },
    async ({ user }) => show(user),
  );

  app.put(
    '/user',
    { onRequest: app.authenticate, schema: { body: userChanges, response: { 200: showsUser } } },
    async ({ body, user }) => {
      const { username, email, password, bio, image } = body.user;
      const passwordHash = password === undefined ? undefined : await hashPassword(password);
      requireUnused({ username, email }, user);
      users.update(user, { username, email, passwordHash, bio, image });
      return show(user);
    },
  );
}
