'use strict';

const { SqliteError } = require('better-sqlite3');
const { taken } = require('../errors');

const toUser = (row) =>
  row && {
    id: row.id,
    username: row.username,
    email: row.email,
    passwordHash: row.password_hash,
    bio: row.bio,
    image: row.image,
  };

/** The database knows best what is taken, also when two ask at the same time. */
function refuseTaken(write) {
  try {
    return write();
  } catch (error) {
    const column = /users\.(\w+)$/.exec(error.message)?.[1];
    if (error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE' && column)
      throw taken(column);
    throw error;
  }
}

function createUsers(database) {
  const insert = database.prepare(
    'INSERT INTO users (username, email, password_hash) VALUES (@username, @email, @passwordHash) RETURNING *',
  );
  const selectBy = (column) => database.prepare(`SELECT * FROM users WHERE ${column} = ?`);
  const [byId, byUsername, byEmail] = ['id', 'username', 'email'].map(selectBy);
  const insertFollow = database.prepare('INSERT OR IGNORE INTO follows VALUES (@follower, @followed)');
  const deleteFollow = database.prepare(
    'DELETE FROM follows WHERE follower_id = @follower AND followed_id = @followed',
  );
  const selectFollow = database.prepare(
    'SELECT 1 FROM follows WHERE follower_id = @follower AND followed_id = @followed',
  );
  const columns = {
    username: 'username',
    email: 'email',
    passwordHash: 'password_hash',
    bio: 'bio',
    image: 'image',
  };

  return {
    byId: (id) => toUser(byId.get(id)),
    byUsername: (username) => toUser(byUsername.get(username)),
    byEmail: (email) => toUser(byEmail.get(email)),

    add: (fields) => toUser(refuseTaken(() => insert.get(fields))),

    /** Writes the columns that change and no others: another request may be changing those. */
    change(id, changes) {
      const fields = Object.keys(columns).filter((field) => changes[field] !== undefined);
      if (fields.length === 0) return toUser(byId.get(id));
      const assignments = fields.map((field) => `${columns[field]} = @${field}`).join(', ');
      const update = database.prepare(`UPDATE users SET ${assignments} WHERE id = @id RETURNING *`);
      const values = Object.fromEntries(fields.map((field) => [field, changes[field]]));
      return toUser(refuseTaken(() => update.get({ ...values, id })));
    },

    follow: (follower, followed) => insertFollow.run({ follower: follower.id, followed: followed.id }),
    unfollow: (follower, followed) => deleteFollow.run({ follower: follower.id, followed: followed.id }),

    /** What `viewer` (null for a stranger) sees of a user. */
    profile: ({ id, username, bio, image }, viewer) => ({
      username,
      bio,
      image,
      following: selectFollow.get({ follower: viewer?.id ?? null, followed: id }) !== undefined,
    }),
  };
}

module.exports = { createUsers };
