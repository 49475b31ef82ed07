import { UniqueConstraintError } from 'sequelize';

export class Users {
  #models;

  constructor(models) {
    this.#models = models;
  }

  byId(id) {
    return this.#models.User.findByPk(id);
  }

  byUsername(username) {
    return this.#models.User.findOne({ where: { username } });
  }

  byEmail(email) {
    return this.#models.User.findOne({ where: { email } });
  }

  /**
   * A new user, or an existing one with other values.
   * @returns the user, or the field whose value somebody else has, as `taken`
   */
  async save(user, values) {
    try {
      return { user: user ? await user.update(values) : await this.#models.User.create(values) };
    } catch (error) {
      if (error instanceof UniqueConstraintError) return { taken: error.errors[0].path };
      throw error;
    }
  }

  follow(follower, user) {
    return user.addFollower(follower);
  }

  unfollow(follower, user) {
    return user.removeFollower(follower);
  }

  /** Which of some users somebody follows, by their ids. */
  async followed(followerId, ids) {
    const rows = await this.#models.Follow.findAll({ where: { followerId, followedId: ids } });
    return new Set(rows.map(({ followedId }) => followedId));
  }
}
