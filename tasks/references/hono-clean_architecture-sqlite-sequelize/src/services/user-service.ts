import bcrypt from 'bcryptjs';
import type { Account, AccountChanges, UserRepository } from '../repositories/user-repository.js';
import { NotUnique } from '../repositories/writer.js';
import { missing, Refusal } from './refusal.js';

export type { Account };

export interface UserChanges extends Partial<Pick<Account, 'username' | 'email' | 'bio' | 'image'>> {
  readonly password?: string;
}

const rounds = 8;

export class UserService {
  readonly #users: UserRepository;

  constructor(users: UserRepository) {
    this.#users = users;
  }

  byId(id: number): Promise<Account | null> {
    return this.#users.byId(id);
  }

  async register({ username, email, password }: { username: string; email: string; password: string }) {
    const passwordHash = await bcrypt.hash(password, rounds);
    return refuseTaken(this.#users.add({ username, email, passwordHash }));
  }

  async logIn({ email, password }: { email: string; password: string }): Promise<Account> {
    const user = await this.#users.byEmail(email);
    if (user === null || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new Refusal('stranger', 'credentials', 'are not valid');
    }
    return user;
  }

  async change(id: number, { password, ...fields }: UserChanges): Promise<Account> {
    const changes: AccountChanges =
      password === undefined ? fields : { ...fields, passwordHash: await bcrypt.hash(password, rounds) };
    const user = await refuseTaken(this.#users.change(id, changes));
    if (user === null) throw missing('user');
    return user;
  }
}

async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof NotUnique) throw new Refusal('invalid', error.field, 'has already been taken');
    throw error;
  }
}
