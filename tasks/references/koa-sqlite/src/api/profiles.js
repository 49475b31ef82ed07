import { requireUser } from '../middleware/caller.js';
import { loadProfile } from '../middleware/resources.js';

async function show(ctx) {
  const { profile, user } = ctx.state;
  const { username, bio, image } = profile;
  const following = user !== undefined && (await ctx.follows.has(user, profile));
  ctx.body = { profile: { username, bio, image, following } };
}

export function profileApi(router) {
  router.get('/profiles/:username', loadProfile, show);

  router.post('/profiles/:username/follow', requireUser, loadProfile, async (ctx) => {
    await ctx.follows.add(ctx.state.user, ctx.state.profile);
    await show(ctx);
  });

  router.delete('/profiles/:username/follow', requireUser, loadProfile, async (ctx) => {
    await ctx.follows.remove(ctx.state.user, ctx.state.profile);
    await show(ctx);
  });
}
