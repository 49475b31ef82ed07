import type { Account, Person, UserRepository } from '../repositories/user-repository.js';
import { missing } from './refusal.js';

/** Who is looking; undefined for a stranger. */
export type Viewer = Pick<Account, 'id'> | undefined;

export interface Profile {
  readonly username: string;
  readonly bio: string | null;
  readonly image: string | null;
  readonly following: boolean;
}

export class ProfileService {
  readonly #users: UserRepository;

  constructor(users: UserRepository) {
    this.#users = users;
  }

  async find(username: string): Promise<Person> {
    const user = await this.#users.byUsername(username);
    if (user === null) throw missing('profile');
    return user;
  }

  async show(user: Person, viewer: Viewer): Promise<Profile> {
    return (await this.viewOf([user], viewer))(user);
  }

  async follow(username: string, viewer: Account): Promise<Profile> {
    const user = await this.find(username);
    await this.#users.follow(viewer.id, user.id);
    return this.show(user, viewer);
  }

  async unfollow(username: string, viewer: Account): Promise<Profile> {
    const user = await this.find(username);
    await this.#users.unfollow(viewer.id, user.id);
    return this.show(user, viewer);
  }

  /** What shows any of these users to a viewer; asks once for all of them. */
  async viewOf(users: readonly Person[], viewer: Viewer): Promise<(user: Person) => Profile> {
    const ids = new Set(users.map(({ id }) => id));
    const followed = viewer && (await this.#users.followedAmong(viewer.id, [...ids]));
    return ({ id, username, bio, image }) => ({
      username,
      bio,
      image,
      following: followed?.has(id) ?? false,
    });
  }
}
