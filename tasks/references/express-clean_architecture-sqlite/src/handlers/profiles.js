'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');
const { showProfile } = require('./show');

function profileRouter(profiles) {
  const router = Router();

  router.get('/:username', (req, res) => {
    res.json({ profile: showProfile(profiles.find(req.params.username, req.user)) });
  });

  router.post('/:username/follow', requireUser, (req, res) => {
    res.json({ profile: showProfile(profiles.follow(req.params.username, req.user)) });
  });

  router.delete('/:username/follow', requireUser, (req, res) => {
    res.json({ profile: showProfile(profiles.unfollow(req.params.username, req.user)) });
  });

  return router;
}

module.exports = { profileRouter };
