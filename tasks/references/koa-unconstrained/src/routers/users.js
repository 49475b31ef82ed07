'use strict';

const Router = require('@koa/router');
const bcrypt = require('bcrypt');
const { createToken, requireUser } = require('../middleware/auth');
const { body, optional, text, textOrNull } = require('../middleware/body');

const rounds = 8;

const show = (user) => {
  const { username, email, bio, image } = user;
  return { user: { username, email, bio, image, token: createToken(user) } };
};

function userRouter(conduit) {
  const router = new Router();

  /** Two users have neither the name nor the address in common. */
  function requireUnused(ctx, fields, self) {
    const taken = ['username', 'email'].filter((field) => {
      const other = fields[field] === undefined ? undefined : conduit.userBy(field, fields[field]);
      return other !== undefined && other !== self;
    });
    const errors = Object.fromEntries(taken.map((field) => [field, ['has already been taken']]));
    ctx.assert(taken.length === 0, 422, { errors });
  }

  router.post('/users', body('user', { username: text, email: text, password: text }), async (ctx) => {
    const { password, ...fields } = ctx.state.fields;
    requireUnused(ctx, fields);
    const passwordHash = await bcrypt.hash(password, rounds);
    // Somebody else may have taken them meanwhile.
    requireUnused(ctx, fields);
    ctx.status = 201;
    ctx.body = show(conduit.addUser({ ...fields, passwordHash }));
  });

  router.post('/users/login', body('user', { email: text, password: text }), async (ctx) => {
    const { email, password } = ctx.state.fields;
    const user = conduit.userBy('email', email);
    const isRight = user !== undefined && (await bcrypt.compare(password, user.passwordHash));
    ctx.assert(isRight, 401, { errors: { credentials: ['are not valid'] } });
    ctx.body = show(user);
  });

  router.get('/user', requireUser, (ctx) => {
    ctx.body = show(ctx.state.user);
  });

  const changes = body('user', {
    username: optional(text),
    email: optional(text),
    password: optional(text),
    bio: optional(textOrNull),
    image: optional(textOrNull),
  });

  router.put('/user', requireUser, changes, async (ctx) => {
    const { user } = ctx.state;
    const { password, ...fields } = ctx.state.fields;
    if (password !== undefined) fields.passwordHash = await bcrypt.hash(password, rounds);
    requireUnused(ctx, fields, user);
    Object.assign(user, fields);
    ctx.body = show(user);
  });

  return router;
}

module.exports = { userRouter };
