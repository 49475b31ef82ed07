'use strict';

const { unique } = require('./not-unique');

class UserGateway {
  #models;

  constructor(models) {
    this.#models = models;
  }

  byId(id) {
    return this.#models.User.findByPk(id, { raw: true });
  }

  byUsername(username) {
    return this.#models.User.findOne({ where: { username }, raw: true });
  }

  byEmail(email) {
    return this.#models.User.findOne({ where: { email }, raw: true });
  }

  /** @throws NotUniqueError for a name or an address that somebody has */
  async add(fields) {
    const { User, write } = this.#models;
    const user = await unique(() => write(() => User.create(fields)));
    return user.get({ plain: true });
  }

  /**
   * Changes what is given and nothing else.
   * @throws NotUniqueError for a name or an address that somebody else has
   */
  async change(id, fields) {
    const { User, write } = this.#models;
    if (Object.keys(fields).length > 0)
      await unique(() => write(() => User.update(fields, { where: { id } })));
    return this.byId(id);
  }

  follow(followerId, followedId) {
    const { Follow, write } = this.#models;
    return write(() => Follow.bulkCreate([{ followerId, followedId }], { ignoreDuplicates: true }));
  }

  unfollow(followerId, followedId) {
    const { Follow, write } = this.#models;
    return write(() => Follow.destroy({ where: { followerId, followedId } }));
  }

  /** Whom of some users a user follows, as a set of ids. */
  async followed(followerId, ids) {
    const rows = await this.#models.Follow.findAll({ where: { followerId, followedId: ids }, raw: true });
    return new Set(rows.map(({ followedId }) => followedId));
  }
}

module.exports = { UserGateway };
