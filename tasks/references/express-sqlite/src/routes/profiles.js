'use strict';

const { Router } = require('express');
const { requireUser } = require('../auth');
const { notFound } = require('../errors');

function profileRoutes(users) {
  const router = Router();

  const loadProfile = (req, res, next) => {
    req.profile = users.byUsername(req.params.username);
    next(req.profile ? undefined : notFound('profile'));
  };
  const answer = (req, res) => {
    res.json({ profile: users.profile(req.profile, req.user) });
  };

  router.get('/:username', loadProfile, answer);

  router.post('/:username/follow', requireUser, loadProfile, (req, res) => {
    users.follow(req.user, req.profile);
    answer(req, res);
  });

  router.delete('/:username/follow', requireUser, loadProfile, (req, res) => {
    users.unfollow(req.user, req.profile);
    answer(req, res);
  });

  return router;
}

module.exports = { profileRoutes };
