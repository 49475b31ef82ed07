'use strict';

const bcrypt = require('bcrypt');
const { NotUniqueError } = require('../data_access/not-unique');
const { NotKnown, NotValid } = require('./refusals');

const rounds = 8;

const refuseTaken = (error) => {
  throw error instanceof NotUniqueError ? new NotValid(error.field, 'has already been taken') : error;
};

class UserUseCases {
  #users;

  constructor(users) {
    this.#users = users;
  }

  find(id) {
    return this.#users.byId(id);
  }

  async register({ username, email, password }) {
    const passwordHash = await bcrypt.hash(password, rounds);
    return this.#users.add({ username, email, passwordHash }).catch(refuseTaken);
  }

  async logIn({ email, password }) {
    const user = await this.#users.byEmail(email);
    if (user === null || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new NotKnown('credentials', 'are not valid');
    }
    return user;
  }

  async change(user, { password, ...changes }) {
    if (password !== undefined) changes.passwordHash = await bcrypt.hash(password, rounds);
    return this.#users.change(user.id, changes).catch(refuseTaken);
  }
}

module.exports = { UserUseCases };
