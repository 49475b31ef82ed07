import { factory } from '../env.js';
import { requireUser } from '../middleware/caller.js';
import { loadProfile } from '../middleware/resources.js';

export const profiles = factory
  .createApp()
  .get('/:username', loadProfile, (c) => {
    const { db, profile, user } = c.var;
    return c.json({ profile: db.users.profile(profile, user) });
  })
  .post('/:username/follow', requireUser, loadProfile, (c) => {
    const { db, profile, user } = c.var;
    db.users.follow(user, profile);
    return c.json({ profile: db.users.profile(profile, user) });
  })
  .delete('/:username/follow', requireUser, loadProfile, (c) => {
    const { db, profile, user } = c.var;
    db.users.unfollow(user, profile);
    return c.json({ profile: db.users.profile(profile, user) });
  });
