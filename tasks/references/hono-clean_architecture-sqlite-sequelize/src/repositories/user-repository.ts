import { Follow } from '../models/follow.js';
import { User } from '../models/user.js';
import type { Writer } from './writer.js';

export interface Person {
  readonly id: number;
  readonly username: string;
  readonly bio: string | null;
  readonly image: string | null;
}

export interface Account extends Person {
  readonly email: string;
  readonly passwordHash: string;
}

export const toPerson = ({ id, username, bio, image }: User): Person => ({ id, username, bio, image });

export type AccountChanges = Partial<Omit<Account, 'id'>>;

export class UserRepository {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  byId(id: number): Promise<Account | null> {
    return User.findByPk(id, { raw: true });
  }

  byUsername(username: string): Promise<Account | null> {
    return User.findOne({ where: { username }, raw: true });
  }

  byEmail(email: string): Promise<Account | null> {
    return User.findOne({ where: { email }, raw: true });
  }

  /** @throws NotUnique for a name or an address that somebody has */
  async add(fields: Pick<Account, 'username' | 'email' | 'passwordHash'>): Promise<Account> {
    const user = await this.#writer.write((transaction) => User.create(fields, { transaction }));
    return user.get({ plain: true });
  }

  /**
   * Writes what is given and nothing else, and gives back what there is then.
   * @throws NotUnique for a name or an address that somebody else has
   */
  change(id: number, changes: AccountChanges): Promise<Account | null> {
    return this.#writer.write(async (transaction) => {
      if (Object.keys(changes).length > 0) await User.update(changes, { where: { id }, transaction });
      return User.findByPk(id, { raw: true, transaction });
    });
  }

  async follow(followerId: number, followedId: number): Promise<void> {
    await this.#writer.write((transaction) =>
      Follow.bulkCreate([{ followerId, followedId }], { ignoreDuplicates: true, transaction }),
    );
  }

  async unfollow(followerId: number, followedId: number): Promise<void> {
    await this.#writer.write((transaction) =>
      Follow.destroy({ where: { followerId, followedId }, transaction }),
    );
  }

  /** Whom of some users somebody follows. */
  async followedAmong(followerId: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const rows = await Follow.findAll({ where: { followerId, followedId: [...ids] } });
    return new Set(rows.map(({ followedId }) => followedId));
  }
}
