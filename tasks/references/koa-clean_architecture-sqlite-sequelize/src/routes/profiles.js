import { requireUser } from './authentication.js';

export function profileRoutes(router, { profiles }) {
  router.get('/profiles/:username', async (ctx) => {
    const user = await profiles.find(ctx.params.username);
    ctx.body = { profile: await profiles.show(user, ctx.state.viewer) };
  });

  router.post('/profiles/:username/follow', requireUser, async (ctx) => {
    ctx.body = { profile: await profiles.follow(ctx.params.username, ctx.state.viewer) };
  });

  router.delete('/profiles/:username/follow', requireUser, async (ctx) => {
    ctx.body = { profile: await profiles.unfollow(ctx.params.username, ctx.state.viewer) };
  });
}
