import { unique } from './duplicate.js';

const plain = (user) => user?.get({ plain: true });

/** Users and who follows whom. */
export function createUserRepository({ Follow, User }, writes) {
  return {
    byId: async (id) => plain(await User.findByPk(id)),
    byUsername: async (username) => plain(await User.findOne({ where: { username } })),
    byEmail: async (email) => plain(await User.findOne({ where: { email } })),

    add: async (fields) => plain(await unique(writes.single(() => User.create(fields)))),

    /** Writes what is given and nothing else: another request may be changing the rest. */
    async change(id, changes) {
      if (Object.values(changes).some((value) => value !== undefined)) {
        await unique(writes.single(() => User.update(changes, { where: { id } })));
      }
      return plain(await User.findByPk(id));
    },

    follow: (followerId, followedId) =>
      writes.single(() => Follow.bulkCreate([{ followerId, followedId }], { ignoreDuplicates: true })),
    unfollow: (followerId, followedId) =>
      writes.single(() => Follow.destroy({ where: { followerId, followedId } })),

    /** Which of some users somebody follows, as a set of ids. */
    async followedAmong(followerId, userIds) {
      const rows = await Follow.findAll({ where: { followerId, followedId: userIds }, raw: true });
      return new Set(rows.map(({ followedId }) => followedId));
    },
  };
}
