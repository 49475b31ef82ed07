import Sqlite from 'better-sqlite3';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly bio: string | null;
  readonly image: string | null;
}

export interface Profile {
  readonly username: string;
  readonly bio: string | null;
  readonly image: string | null;
  readonly following: boolean;
}

/** Somebody else has this name or address. */
export class TakenError extends Error {
  constructor(readonly field: string) {
    super(`${field} has already been taken`);
  }
}

const columns = 'id, username, email, password_hash AS passwordHash, bio, image';

export class Users {
  readonly #insert;
  readonly #update;
  readonly #byId;
  readonly #byUsername;
  readonly #byEmail;
  readonly #follow;
  readonly #unfollow;
  readonly #follows;

  constructor(db: Sqlite.Database) {
    this.#insert = db.prepare<[Pick<User, 'username' | 'email' | 'passwordHash'>], User>(
      `INSERT INTO users (username, email, password_hash) VALUES (@username, @email, @passwordHash)
       RETURNING ${columns}`,
    );
    this.#update = db.prepare<[User], User>(
      `UPDATE users SET username = @username, email = @email, password_hash = @passwordHash, bio = @bio, image = @image
       WHERE id = @id RETURNING ${columns}`,
    );
    this.#byId = db.prepare<[number], User>(`SELECT ${columns} FROM users WHERE id = ?`);
    this.#byUsername = db.prepare<[string], User>(`SELECT ${columns} FROM users WHERE username = ?`);
    this.#byEmail = db.prepare<[string], User>(`SELECT ${columns} FROM users WHERE email = ?`);
    this.#follow = db.prepare<[number, number]>(
      'INSERT INTO follows (follower_id, followed_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#unfollow = db.prepare<[number, number]>(
      'DELETE FROM follows WHERE follower_id = ? AND followed_id = ?',
    );
    this.#follows = db.prepare<[number, number]>(
      'SELECT 1 FROM follows WHERE follower_id = ? AND followed_id = ?',
    );
  }

  byId = (id: number) => this.#byId.get(id);
  byUsername = (username: string) => this.#byUsername.get(username);
  byEmail = (email: string) => this.#byEmail.get(email);

  /** @throws TakenError */
  add(fields: Pick<User, 'username' | 'email' | 'passwordHash'>): User {
    return write(() => this.#insert.get(fields));
  }

  /**
   * Reads the user anew, as another request may have changed it since this one began.
   * @throws TakenError
   */
  change(id: number, changes: Partial<Omit<User, 'id'>>): User {
    return write(() => {
      const user = this.byId(id);
      return user && this.#update.get({ ...user, ...changes });
    });
  }

  follow(follower: User, followed: User): void {
    this.#follow.run(follower.id, followed.id);
  }

  unfollow(follower: User, followed: User): void {
    this.#unfollow.run(follower.id, followed.id);
  }

  profile(user: User, viewer: User | undefined): Profile {
    const { id, username, bio, image } = user;
    const following = viewer !== undefined && this.#follows.get(viewer.id, id) !== undefined;
    return { username, bio, image, following };
  }
}

function write(statement: () => User | undefined): User {
  try {
    const user = statement();
    if (user === undefined) throw new Error('the user is gone');
    return user;
  } catch (error) {
    const field =
      error instanceof Sqlite.SqliteError ? /users\.(username|email)$/.exec(error.message)?.[1] : undefined;
    throw field === undefined ? error : new TakenError(field);
  }
}
