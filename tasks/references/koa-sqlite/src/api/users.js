import bcrypt from 'bcryptjs';
import { body, text, textOrNull } from '../middleware/body.js';
import { createToken, requireUser } from '../middleware/caller.js';
import { problem } from '../middleware/errors.js';

const rounds = 8;

const registration = { username: text.required(), email: text.required(), password: text.required() };
const login = { email: text.required(), password: text.required() };
const changes = { username: text, email: text, password: text, bio: textOrNull, image: textOrNull };

const show = (user) => {
  const { username, email, bio, image } = user;
  return { user: { username, email, bio, image, token: createToken(user) } };
};

export function userApi(router) {
  router.post('/users', body('user', registration), async (ctx) => {
    const { username, email, password } = ctx.state.fields;
    const passwordHash = await bcrypt.hash(password, rounds);
    ctx.body = show(await ctx.users.add({ username, email, passwordHash }));
    ctx.status = 201;
  });

  router.post('/users/login', body('user', login), async (ctx) => {
    const { email, password } = ctx.state.fields;
    const user = await ctx.users.byEmail(email);
    if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
      throw problem(401, 'credentials', 'are not valid');
    }
    ctx.body = show(user);
  });

  router.get('/user', requireUser, (ctx) => {
    ctx.body = show(ctx.state.user);
  });

  router.put('/user', requireUser, body('user', changes), async (ctx) => {
    const { password, ...fields } = ctx.state.fields;
    if (password !== undefined) fields.passwordHash = await bcrypt.hash(password, rounds);
    ctx.body = show(await ctx.users.change(ctx.state.user.id, fields));
  });
}
