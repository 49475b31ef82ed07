import type { RawRequest } from '../../../src/engines/engine.ts';
import type { Json } from '../../json.ts';
import type { Fault } from './faults.ts';
import { Refusal, requireNullable, requireTexts, type Fields, type User } from './state.ts';
import { Tokens } from './tokens.ts';

/** The model's users, and who calls. */
export class Users {
  readonly #faults: ReadonlySet<Fault>;
  readonly #all: User[] = [];
  readonly #tokens = new Tokens<User>();

  constructor(faults: ReadonlySet<Fault>) {
    this.#faults = faults;
  }

  caller(headers: RawRequest['headers']): User | undefined {
    const header = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const [scheme, token = ''] = header.split(' ');
    const known = scheme === 'Token' || this.#faults.has('any-scheme');
    const owner = this.#faults.has('any-signature')
      ? this.#tokens.ownerOfUnsigned(token)
      : this.#tokens.ownerOf(token);
    return (known ? owner : undefined) ?? (this.#faults.has('no-auth') ? this.#all[0] : undefined);
  }

  register(fields: Fields): Json {
    this.#validate(() => requireTexts(fields, ['username', 'email', 'password'], true));
    this.#requireUnused(fields);
    const { username, email, password } = fields;
    const texts = { username: String(username), email: String(email), password: String(password) };
    const user = { ...texts, bio: null, image: null, followers: new Set<User>() };
    this.#all.push(user);
    return this.show(user);
  }

  logIn(fields: Fields): Json {
    this.#validate(() => requireTexts(fields, ['email', 'password'], true));
    const user = this.#all.find(({ email }) => email === fields['email']);
    const right = user?.password === fields['password'] || this.#faults.has('any-password');
    if (user === undefined || !right) throw new Refusal(401, ['credentials']);
    return this.show(user);
  }

  change(user: User, read: () => Fields): Json {
    const fields = read();
    this.#validate(() => {
      requireTexts(fields, ['username', 'email', 'password'], false);
      requireNullable(fields, ['bio', 'image']);
    });
    this.#requireUnused(fields, user);
    for (const name of ['username', 'email', 'password'] as const) {
      if (fields[name] !== undefined) user[name] = String(fields[name]);
    }
    if (fields['bio'] !== undefined && !this.#faults.has('forget-bio')) user.bio = fields['bio'];
    if (fields['image'] !== undefined) user.image = fields['image'];
    return this.show(user);
  }

  follow(caller: User, name: string, on: boolean): Json {
    const user = this.named(name);
    if (on && !this.#faults.has('follow-nobody')) user.followers.add(caller);
    if (!on) user.followers.delete(caller);
    return { profile: this.profile(user, caller) };
  }

  /** @throws Refusal when nobody has this name. */
  named(name: string): User {
    const user = this.#all.find((one) => one.username === name);
    if (user === undefined) throw new Refusal(404, ['profile']);
    return user;
  }

  show(user: User): Json {
    const { username, email, bio, image, password } = user;
    const leaked = this.#faults.has('leak-password') ? { passwordHash: password } : {};
    return { user: { username, email, bio, image, token: this.#tokens.give(user), ...leaked } };
  }

  profile({ username, bio, image, followers }: User, caller: User | undefined): Fields {
    const followed = caller !== undefined && followers.has(caller);
    const following = this.#faults.has('following-of-anyone') ? followers.size > 0 : followed;
    return { username, bio, image, following };
  }

  #validate(check: () => void): void {
    if (!this.#faults.has('no-validation')) check();
  }

  #requireUnused(fields: Fields, owner?: User): void {
    if (this.#faults.has('no-uniqueness')) return;
    const others = this.#all.filter((user) => user !== owner);
    const taken = (['username', 'email'] as const).filter((name) =>
      others.some((other) => other[name] === fields[name]),
    );
    if (taken.length > 0) throw new Refusal(422, taken);
  }
}
