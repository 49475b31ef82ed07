'use strict';

const { Router } = require('express');
const { createToken, requireUser } = require('./authentication');
const { body } = require('./body');
const { showUser } = require('./show');

const show = (user) => ({ user: showUser(user, createToken(user)) });

function userRouter(users) {
  const router = Router();

  router.post('/users', body('registration'), async (req, res) => {
    res.status(201).json(show(await users.register(req.body.user)));
  });

  router.post('/users/login', body('login'), async (req, res) => {
    res.json(show(await users.logIn(req.body.user)));
  });

  router.get('/user', requireUser, (req, res) => {
    res.json(show(req.user));
  });

  router.put('/user', requireUser, body('userChanges'), async (req, res) => {
    res.json(show(await users.change(req.user, req.body.user)));
  });

  return router;
}

module.exports = { userRouter };
