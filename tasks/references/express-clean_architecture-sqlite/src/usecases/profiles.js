'use strict';

const { NotFound } = require('./refusals');

/** Users as a viewer sees them; the viewer is undefined for a stranger. */
class ProfileUseCases {
  #users;

  constructor(users) {
    this.#users = users;
  }

  find(username, viewer) {
    const profile = this.#users.profile(username, viewer);
    if (profile === undefined) throw new NotFound('profile', 'not found');
    return profile;
  }

  follow(username, viewer) {
    this.#users.follow(viewer.id, this.find(username, viewer).id);
    return this.find(username, viewer);
  }

  unfollow(username, viewer) {
    this.#users.unfollow(viewer.id, this.find(username, viewer).id);
    return this.find(username, viewer);
  }
}

module.exports = { ProfileUseCases };
