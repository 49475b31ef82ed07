import bcrypt from 'bcrypt';
import { DuplicateError } from '../repositories/duplicate.js';
import { Taken, WrongCredentials } from './errors.js';

const rounds = 8;

async function refuseTaken(write) {
  try {
    return await write;
  } catch (error) {
    throw error instanceof DuplicateError ? new Taken(error.field) : error;
  }
}

export function createUserService({ users }) {
  return {
    byId: (id) => users.byId(id),

    async register({ username, email, password }) {
      const passwordHash = await bcrypt.hash(password, rounds);
      return refuseTaken(users.add({ username, email, passwordHash }));
    },

    async logIn({ email, password }) {
      const user = await users.byEmail(email);
      if (!user || !(await bcrypt.compare(password, user.passwordHash))) throw new WrongCredentials();
      return user;
    },

    async change(id, { password, username, email, bio, image }) {
      const passwordHash = password === undefined ? undefined : await bcrypt.hash(password, rounds);
      return refuseTaken(users.change(id, { username, email, passwordHash, bio, image }));
    },
  };
}
