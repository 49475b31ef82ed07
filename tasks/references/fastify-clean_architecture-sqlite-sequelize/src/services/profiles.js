import { NotFound } from './errors.js';

/** Users as others see them. A viewer is a user, or null for a stranger. */
export function createProfileService({ users }) {
  async function require(username) {
    const user = await users.byUsername(username);
    if (!user) throw new NotFound('profile');
    return user;
  }

  /** The same things with their `author` as a profile; asks once, however many they are. */
  async function withProfiles(things, viewer) {
    const followed = viewer
      ? await users.followedAmong(viewer.id, [...new Set(things.map(({ author }) => author.id))])
      : new Set();
    return things.map(({ author: { id, username, bio, image }, ...thing }) => ({
      ...thing,
      author: { username, bio, image, following: followed.has(id) },
    }));
  }

  async function show(user, viewer) {
    const [{ author }] = await withProfiles([{ author: user }], viewer);
    return author;
  }

  return {
    withProfiles,

    view: async (username, viewer) => show(await require(username), viewer),

    async follow(username, viewer) {
      const user = await require(username);
      await users.follow(viewer.id, user.id);
      return show(user, viewer);
    },

    async unfollow(username, viewer) {
      const user = await require(username);
      await users.unfollow(viewer.id, user.id);
      return show(user, viewer);
    },
  };
}
