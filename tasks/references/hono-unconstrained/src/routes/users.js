import { Hono } from 'hono';
import { ApiError } from '../errors.js';
import { body } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { hashPassword, isPassword } from '../passwords.js';
import { login, registration, userChanges } from '../requests.js';
import { userView } from '../views.js';

export function users(store) {
  function requireUnused(names, id) {
    const errors = store.users.conflicts(names, id);
    if (Object.keys(errors).length > 0) throw new ApiError(422, errors);
  }

  return new Hono()
    .post('/users', body(registration), async (c) => {
      const { username, email, password } = c.req.valid('json').user;
      requireUnused({ username, email });
      const passwordHash = await hashPassword(password);
      // Somebody else may have taken them meanwhile.
      requireUnused({ username, email });
      const user = store.users.add({ username, email, passwordHash });
      return c.json({ user: await userView(user) }, 201);
    })
    .post('/users/login', body(login), async (c) => {
      const { email, password } = c.req.valid('json').user;
      const user = store.users.byEmail(email);
      if (!user || !(await isPassword(password, user.passwordHash))) {
        throw new ApiError(401, { credentials: ['are not valid'] });
      }
      return c.json({ user: await userView(user) });
    })
    .get('/user', requireUser, async (c) => c.json({ user: await userView(c.var.user) }))
    .put('/user', requireUser, body(userChanges), async (c) => {
      const { password, ...changes } = c.req.valid('json').user;
      if (password !== undefined) changes.passwordHash = await hashPassword(password);
      requireUnused(changes, c.var.user.id);
      const user = store.users.change(c.var.user.id, changes);
      return c.json({ user: await userView(user) });
    });
}
