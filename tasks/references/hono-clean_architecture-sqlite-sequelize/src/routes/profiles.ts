import { Hono } from 'hono';
import type { ProfileService } from '../services/profile-service.js';
import { type Env, requireUser } from './caller.js';

export const profileRoutes = (profiles: ProfileService) =>
  new Hono<Env>()
    .get('/:username', async (c) => {
      const user = await profiles.find(c.req.param('username'));
      return c.json({ profile: await profiles.show(user, c.var.viewer) });
    })
    .post('/:username/follow', requireUser, async (c) =>
      c.json({ profile: await profiles.follow(c.req.param('username'), c.var.user) }),
    )
    .delete('/:username/follow', requireUser, async (c) =>
      c.json({ profile: await profiles.unfollow(c.req.param('username'), c.var.user) }),
    );
