import { createToken, requireUser } from './authentication.js';
import { body, shapes } from './body.js';

const show = (user) => {
  const { username, email, bio, image } = user;
  return { user: { username, email, bio, image, token: createToken(user) } };
};

export function userRoutes(router, { users }) {
  router.post('/users', body('user', shapes.registration), async (ctx) => {
    ctx.body = show(await users.register(ctx.state.fields));
    ctx.status = 201;
  });

  router.post('/users/login', body('user', shapes.login), async (ctx) => {
    ctx.body = show(await users.logIn(ctx.state.fields));
  });

  router.get('/user', requireUser, (ctx) => {
    ctx.body = show(ctx.state.viewer);
  });

  router.put('/user', requireUser, body('user', shapes.userChanges), async (ctx) => {
    ctx.body = show(await users.change(ctx.state.viewer, ctx.state.fields));
  });
}
