'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');

function profileRouter(profiles) {
  const router = Router();

  router.get('/:username', async (req, res) => {
    const user = await profiles.find(req.params.username);
    res.json({ profile: await profiles.show(user, req.user) });
  });

  router.post('/:username/follow', requireUser, async (req, res) => {
    const user = await profiles.find(req.params.username);
    res.json({ profile: await profiles.follow(user, req.user) });
  });

  router.delete('/:username/follow', requireUser, async (req, res) => {
    const user = await profiles.find(req.params.username);
    res.json({ profile: await profiles.unfollow(user, req.user) });
  });

  return router;
}

module.exports = { profileRouter };
