import { TakenError, type User } from '../db/users.js';
import { factory } from '../env.js';
import { ApiError } from '../errors.js';
import { body, optional, text, textOrNull } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { hashPassword, isPassword } from '../passwords.js';
import { createToken } from '../tokens.js';

async function show({ id, username, email, bio, image }: User) {
  return { user: { username, email, bio, image, token: await createToken(id) } };
}

function refuseTaken(write: () => User): User {
  try {
    return write();
  } catch (error) {
    if (error instanceof TakenError) throw new ApiError(422, { [error.field]: ['has already been taken'] });
    throw error;
  }
}

export const users = factory
  .createApp()
  .post('/users', body('user', { username: text, email: text, password: text }), async (c) => {
    const { username, email, password } = c.req.valid('json');
    const passwordHash = await hashPassword(password);
    const user = refuseTaken(() => c.var.db.users.add({ username, email, passwordHash }));
    return c.json(await show(user), 201);
  })
  .post('/users/login', body('user', { email: text, password: text }), async (c) => {
    const { email, password } = c.req.valid('json');
    const user = c.var.db.users.byEmail(email);
    if (user === undefined || !(await isPassword(password, user.passwordHash))) {
      throw new ApiError(401, { credentials: ['are not valid'] });
    }
    return c.json(await show(user));
  })
  .get('/user', requireUser, async (c) => c.json(await show(c.var.user)))
  .put(
    '/user',
    requireUser,
    body('user', {
      username: optional(text),
      email: optional(text),
      password: optional(text),
      bio: optional(textOrNull),
      image: optional(textOrNull),
    }),
    async (c) => {
      const { password, ...fields } = c.req.valid('json');
      const changes =
        password === undefined ? fields : { ...fields, passwordHash: await hashPassword(password) };
      return c.json(await show(refuseTaken(() => c.var.db.users.change(c.var.user.id, changes))));
    },
  );
