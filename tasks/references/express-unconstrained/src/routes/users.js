import { Router } from 'express';
import { hashPassword, isPassword, requireUser } from '../auth.js';
import { ApiError, invalid } from '../errors.js';
import { readBody } from '../validation.js';
import { showUser } from '../views.js';

export function userRoutes(store) {
  const router = Router();

  /** Two users have neither the name nor the address in common. */
  function requireUnused(fields, owner) {
    const errors = {};
    for (const field of ['username', 'email']) {
      const other = fields[field] === undefined ? undefined : store.findUser(field, fields[field]);
      if (other && other !== owner) errors[field] = ['has already been taken'];
    }
    if (Object.keys(errors).length > 0) throw invalid(errors);
  }

  router.post('/users', async (req, res) => {
    const { username, email, password } = readBody(req.body, 'user', { required: ['username', 'email', 'password'] });
    requireUnused({ username, email });
    const passwordHash = await hashPassword(password);
    // Somebody else may have taken them meanwhile.
    requireUnused({ username, email });
    res.status(201).json(showUser(store.addUser({ username, email, passwordHash })));
  });

  router.post('/users/login', async (req, res) => {
    const { email, password } = readBody(req.body, 'user', { required: ['email', 'password'] });
    const user = store.findUser('email', email);
    if (!user || !(await isPassword(password, user.passwordHash))) {
      throw new ApiError(401, { credentials: ['are not valid'] });
    }
    res.json(showUser(user));
  });

  router.get('/user', requireUser, (req, res) => {
    res.json(showUser(req.user));
  });

  router.put('/user', requireUser, async (req, res) => {
    const { password, ...changes } = readBody(req.body, 'user', {
      optional: ['username', 'email', 'password'],
      nullable: ['bio', 'image'],
    });
    if (password !== undefined) changes.passwordHash = await hashPassword(password);
    requireUnused(changes, req.user);
    Object.assign(req.user, changes);
    res.json(showUser(req.user));
  });

  return router;
}
