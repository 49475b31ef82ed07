import { Router } from 'express';
import { requireUser } from '../auth.js';
import { notFound } from '../errors.js';
import { showProfile } from '../views.js';

export function profileRoutes(store) {
  const router = Router();

  const loadProfile = (req, res, next) => {
    req.profile = store.findUser('username', req.params.username);
    if (!req.profile) throw notFound('profile');
    next();
  };
  const answer = (req, res) => {
    res.json({ profile: showProfile(req.profile, req.user) });
  };

  router.get('/:username', loadProfile, answer);

  router.post('/:username/follow', requireUser, loadProfile, (req, res) => {
    req.profile.followers.add(req.user.id);
    answer(req, res);
  });

  router.delete('/:username/follow', requireUser, loadProfile, (req, res) => {
    req.profile.followers.delete(req.user.id);
    answer(req, res);
  });

  return router;
}
