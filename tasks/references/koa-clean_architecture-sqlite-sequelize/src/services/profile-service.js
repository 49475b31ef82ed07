import { missing } from './problem.js';

/** Users as viewers see them; a stranger is an undefined viewer. */
export class ProfileService {
  #users;
  #unitOfWork;

  constructor({ users, unitOfWork }) {
    this.#users = users;
    this.#unitOfWork = unitOfWork;
  }

  async find(username) {
    const user = await this.#users.byUsername(username);
    if (!user) throw missing('profile');
    return user;
  }

  async follow(username, viewer) {
    const user = await this.find(username);
    await this.#unitOfWork(() => this.#users.follow(viewer, user));
    return this.show(user, viewer);
  }

  async unfollow(username, viewer) {
    const user = await this.find(username);
    await this.#unitOfWork(() => this.#users.unfollow(viewer, user));
    return this.show(user, viewer);
  }

  async show(user, viewer) {
    const show = await this.viewOf([user], viewer);
    return show(user);
  }

  /** What shows any of these users to a viewer; asks once whom of them the viewer follows. */
  async viewOf(users, viewer) {
    const ids = [...new Set(users.map(({ id }) => id))];
    const followed = viewer ? await this.#users.followed(viewer.id, ids) : new Set();
    return ({ id, username, bio, image }) => ({ username, bio, image, following: followed.has(id) });
  }
}
