'use strict';

const Router = require('@koa/router');
const { requireUser } = require('../middleware/auth');

function profileRouter(conduit) {
  const router = new Router({ prefix: '/profiles/:username' });

  const load = async (ctx, next) => {
    const profile = conduit.userBy('username', ctx.params.username);
    ctx.assert(profile, 404, { errors: { profile: ['not found'] } });
    ctx.state.profile = profile;
    await next();
    ctx.body = { profile: profile.profileFor(ctx.state.user) };
  };

  router.get('/', load, () => undefined);

  router.post('/follow', requireUser, load, (ctx) => {
    ctx.state.profile.followers.add(ctx.state.user);
  });

  router.delete('/follow', requireUser, load, (ctx) => {
    ctx.state.profile.followers.delete(ctx.state.user);
  });

  return router;
}

module.exports = { profileRouter };
