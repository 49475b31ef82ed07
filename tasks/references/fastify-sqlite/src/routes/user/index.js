'use strict';

const { hashPassword } = require('../../passwords');
const { userChanges } = require('../../schemas');

module.exports = async (app) => {
  app.addHook('onRequest', app.requireUser);

  app.get('/', async (request) => app.showUser(request.user));

  app.put('/', { schema: { body: userChanges } }, async (request) => {
    const { password, username, email, bio, image } = request.body.user;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return app.showUser(app.users.change(request.user.id, { username, email, passwordHash, bio, image }));
  });
};
