'use strict';

const { NotFound } = require('./refusals');

/** Users as a viewer sees them; the viewer of a stranger is undefined. */
class ProfileUseCases {
  #users;

  constructor(users) {
    this.#users = users;
  }

  async find(username) {
    const user = await this.#users.byUsername(username);
    if (user === null) throw new NotFound('profile', 'not found');
    return user;
  }

  async show(user, viewer) {
    const profiles = await this.showAll([user], viewer);
    return profiles.get(user.id);
  }

  async follow(user, viewer) {
    await this.#users.follow(viewer.id, user.id);
    return this.show(user, viewer);
  }

  async unfollow(user, viewer) {
    await this.#users.unfollow(viewer.id, user.id);
    return this.show(user, viewer);
  }

  /** Profiles by the ids of their users, with one question for all. */
  async showAll(users, viewer) {
    const ids = [...new Set(users.map(({ id }) => id))];
    const followed = viewer === undefined ? new Set() : await this.#users.followed(viewer.id, ids);
    return new Map(
      users.map(({ id, username, bio, image }) => [
        id,
        { username, bio, image, following: followed.has(id) },
      ]),
    );
  }
}

module.exports = { ProfileUseCases };
