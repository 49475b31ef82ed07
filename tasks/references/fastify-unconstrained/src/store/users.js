/** Users by their id, their name and their e-mail address, and who follows whom. */
export class Users {
  #byId = new Map();
  #byUsername = new Map();
  #byEmail = new Map();
  #lastId = 0;

  add({ username, email, passwordHash }) {
    this.#lastId += 1;
    const user = {
      id: this.#lastId,
      username,
      email,
      passwordHash,
      bio: null,
      image: null,
      follows: new Set(),
    };
    this.#byId.set(user.id, user);
    this.#index(user);
    return user;
  }

  /** Changes what is not undefined. */
  update(user, changes) {
    this.#byUsername.delete(user.username);
    this.#byEmail.delete(user.email);
    Object.assign(
      user,
      Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    );
    this.#index(user);
  }

  byId(id) {
    return this.#byId.get(id);
  }

  byUsername(username) {
    return this.#byUsername.get(username);
  }

  byEmail(email) {
    return this.#byEmail.get(email);
  }

  /** Which of a name and an address somebody other than `self` has: 'username', 'email' or undefined. */
  taken({ username, email }, self) {
    const isOther = (user) => user !== undefined && user !== self;
    if (isOther(this.#byUsername.get(username))) return 'username';
    if (isOther(this.#byEmail.get(email))) return 'email';
    return undefined;
  }

  #index(user) {
    this.#byUsername.set(user.username, user);
    this.#byEmail.set(user.email, user);
  }
}
