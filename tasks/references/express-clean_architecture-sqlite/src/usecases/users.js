'use strict';

const bcrypt = require('bcrypt');
const { NotUniqueError } = require('../data_access/not-unique');
const { NotKnown, NotValid } = require('./refusals');

const rounds = 8;

/** Stores a user; a name or an address that is taken is refused. */
function store(work) {
  try {
    return work();
  } catch (error) {
    throw error instanceof NotUniqueError ? new NotValid(error.field, 'has already been taken') : error;
  }
}

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
    return store(() => this.#users.add({ username, email, passwordHash }));
  }

  async logIn({ email, password }) {
    const user = this.#users.byEmail(email);
    if (user === undefined || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new NotKnown('credentials', 'are not valid');
    }
    return user;
  }

  async change(user, { password, ...changes }) {
    if (password !== undefined) changes.passwordHash = await bcrypt.hash(password, rounds);
    return store(() => this.#users.change(user.id, changes));
  }
}

module.exports = { UserUseCases };
