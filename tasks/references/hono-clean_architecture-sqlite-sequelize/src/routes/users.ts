import { Hono } from 'hono';
import type { Account, UserService } from '../services/user-service.js';
import { type Env, requireUser } from './caller.js';
import { body, login, registration, userChanges } from './requests.js';
import { createToken } from './tokens.js';

async function show({ id, username, email, bio, image }: Account) {
  return { user: { username, email, bio, image, token: await createToken(id) } };
}

export const userRoutes = (users: UserService) =>
  new Hono<Env>()
    .post('/users', body(registration), async (c) => {
      const user = await users.register(c.req.valid('json').user);
      return c.json(await show(user), 201);
    })
    .post('/users/login', body(login), async (c) => {
      const user = await users.logIn(c.req.valid('json').user);
      return c.json(await show(user));
    })
    .get('/user', requireUser, async (c) => c.json(await show(c.var.user)))
    .put('/user', requireUser, body(userChanges), async (c) => {
      const user = await users.change(c.var.user.id, c.req.valid('json').user);
      return c.json(await show(user));
    });
