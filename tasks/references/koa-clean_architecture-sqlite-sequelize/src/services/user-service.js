import bcrypt from 'bcryptjs';
import { Problem } from './problem.js';

const rounds = 8;

export class UserService {
  #users;
  #unitOfWork;

  constructor({ users, unitOfWork }) {
    this.#users = users;
    this.#unitOfWork = unitOfWork;
  }

  byId(id) {
    return this.#users.byId(id);
  }

  async register({ username, email, password }) {
    const passwordHash = await bcrypt.hash(password, rounds);
    return this.#unitOfWork(() => this.#save(undefined, { username, email, passwordHash }));
  }

  async logIn({ email, password }) {
    const user = await this.#users.byEmail(email);
    const isRight = user && (await bcrypt.compare(password, user.passwordHash));
    if (!isRight) throw new Problem('unknown', 'credentials', 'are not valid');
    return user;
  }

  async change({ id }, { password, ...values }) {
    if (password !== undefined) values.passwordHash = await bcrypt.hash(password, rounds);
    return this.#unitOfWork(async () => this.#save(await this.#users.byId(id), values));
  }

  async #save(user, values) {
    const { taken, user: saved } = await this.#users.save(user, values);
    if (taken) throw new Problem('invalid', taken, 'has already been taken');
    return saved;
  }
}
