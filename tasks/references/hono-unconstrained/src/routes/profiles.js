import { Hono } from 'hono';
import { requireUser } from '../middleware/caller.js';
import { loadProfile } from '../middleware/resources.js';
import { createViews } from '../views.js';

export function profiles(store) {
  const views = createViews(store);
  const load = loadProfile(store);
  const answer = (c) => c.json({ profile: views.profile(c.var.profile, c.var.user) });

  return new Hono()
    .get('/:username', load, answer)
    .post('/:username/follow', requireUser, load, (c) => {
      store.follows.add(c.var.user.id, c.var.profile.id);
      return answer(c);
    })
    .delete('/:username/follow', requireUser, load, (c) => {
      store.follows.remove(c.var.user.id, c.var.profile.id);
      return answer(c);
    });
}
