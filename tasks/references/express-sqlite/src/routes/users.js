'use strict';

const { Router } = require('express');
const { createToken, hashPassword, isPassword, requireUser } = require('../auth');
const { ApiError, invalid, wait } = require('../errors');
const { readBody } = require('../validation');

const showUser = (user) => ({
  user: {
    username: user.username,
    email: user.email,
    bio: user.bio,
    image: user.image,
    token: createToken(user),
  },
});

function userRoutes(users) {
  const router = Router();

  /** Two users have neither the name nor the address in common. */
  function requireUnused({ username, email }, owner) {
    const errors = {};
    const isTaken = (other) => other !== undefined && other.id !== owner?.id;
    if (username !== undefined && isTaken(users.byUsername(username))) errors.username = ['has already been taken'];
    if (email !== undefined && isTaken(users.byEmail(email))) errors.email = ['has already been taken'];
    if (Object.keys(errors).length > 0) throw invalid(errors);
  }

  router.post(
    '/users',
    wait(async (req, res) => {
      const { username, email, password } = readBody(req.body, 'user', { required: ['username', 'email', 'password'] });
      requireUnused({ username, email });
      const passwordHash = await hashPassword(password);
      // Somebody else may have taken them meanwhile.
      requireUnused({ username, email });
      res.status(201).json(showUser(users.add({ username, email, passwordHash })));
    }),
  );

  router.post(
    '/users/login',
    wait(async (req, res) => {
      const { email, password } = readBody(req.body, 'user', { required: ['email', 'password'] });
      const user = users.byEmail(email);
      if (user === undefined || !(await isPassword(password, user.passwordHash))) {
        throw new ApiError(401, { credentials: ['are not valid'] });
      }
      res.json(showUser(user));
    }),
  );

  router.get('/user', requireUser, (req, res) => {
    res.json(showUser(req.user));
  });

  router.put(
    '/user',
    requireUser,
    wait(async (req, res) => {
      const { password, ...changes } = readBody(req.body, 'user', {
        optional: ['username', 'email', 'password'],
        nullable: ['bio', 'image'],
      });
      if (password !== undefined) changes.passwordHash = await hashPassword(password);
      requireUnused(changes, req.user);
      res.json(showUser(users.update(req.user.id, changes)));
    }),
  );

  return router;
}

module.exports = { userRoutes };
