import { problem } from '../middleware/errors.js';

const columns = 'id, username, email, password_hash AS passwordHash, bio, image';

/** The database decides what is taken, also between requests that arrive together. */
function refuse(error) {
  const field = /UNIQUE constraint failed: users\.(\w+)/.exec(error.message)?.[1];
  throw field === undefined ? error : problem(422, field, 'has already been taken');
}

export class Users {
  #database;

  constructor(database) {
    this.#database = database;
  }

  byId(id) {
    return this.#database.get(`SELECT ${columns} FROM users WHERE id = ?`, id);
  }

  byEmail(email) {
    return this.#database.get(`SELECT ${columns} FROM users WHERE email = ?`, email);
  }

  byUsername(username) {
    return this.#database.get(`SELECT ${columns} FROM users WHERE username = ?`, username);
  }

  async add({ username, email, passwordHash }) {
    return this.#database
      .get(
        `INSERT INTO users (username, email, password_hash) VALUES (?, ?, ?) RETURNING ${columns}`,
        username,
        email,
        passwordHash,
      )
      .catch(refuse);
  }

  /** Changes what is not undefined; texts that may be null are told apart from those that are left out. */
  async change(id, { username, email, passwordHash, bio, image }) {
    return this.#database
      .get(
        `UPDATE users SET
           username = coalesce(:username, username),
           email = coalesce(:email, email),
           password_hash = coalesce(:passwordHash, password_hash),
           bio = iif(:setsBio, :bio, bio),
           image = iif(:setsImage, :image, image)
         WHERE id = :id RETURNING ${columns}`,
        {
          ':id': id,
          ':username': username,
          ':email': email,
          ':passwordHash': passwordHash,
          ':setsBio': bio !== undefined,
          ':bio': bio,
          ':setsImage': image !== undefined,
          ':image': image,
        },
      )
      .catch(refuse);
  }
}
