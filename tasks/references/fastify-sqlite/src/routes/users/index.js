'use strict';

const { ApiError } = require('../../errors');
const { hashPassword, isPassword } = require('../../passwords');
const { login, registration } = require('../../schemas');

module.exports = async (app) => {
  app.post('/', { schema: { body: registration } }, async (request, reply) => {
    const { username, email, password } = request.body.user;
    const user = app.users.add({ username, email, passwordHash: await hashPassword(password) });
    return reply.code(201).send(app.showUser(user));
  });

  app.post('/login', { schema: { body: login } }, async (request) => {
    const { email, password } = request.body.user;
    const user = app.users.byEmail(email);
    const isRight = user !== undefined && (await isPassword(password, user.passwordHash));
    if (!isRight) throw new ApiError(401, 'credentials', 'are not valid');
    return app.showUser(user);
  });
};
