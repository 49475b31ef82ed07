'use strict';

const { Profile } = require('../entities/profile');
const { User } = require('../entities/user');
const { unique } = require('./not-unique');

const columns = 'id, username, email, password_hash AS passwordHash, bio, image';

const toUser = (row) => (row === undefined ? undefined : new User(row));

function userGateway(database) {
  const insert = database.prepare(
    `INSERT INTO users (username, email, password_hash) VALUES (@username, @email, @passwordHash)
     RETURNING ${columns}`,
  );
  const update = database.prepare(
    `UPDATE users SET username = @username, email = @email, password_hash = @passwordHash, bio = @bio, image = @image
     WHERE id = @id RETURNING ${columns}`,
  );
  const byId = database.prepare(`SELECT ${columns} FROM users WHERE id = ?`);
  const byEmail = database.prepare(`SELECT ${columns} FROM users WHERE email = ?`);
  const profile = database.prepare(
    `SELECT id, username, bio, image,
       EXISTS (SELECT 1 FROM follows WHERE followed_id = id AND follower_id = @viewerId) AS following
     FROM users WHERE username = @username`,
  );
  const follow = database.prepare('INSERT OR IGNORE INTO follows (follower_id, followed_id) VALUES (?, ?)');
  const unfollow = database.prepare('DELETE FROM follows WHERE follower_id = ? AND followed_id = ?');

  return {
    byId: (id) => toUser(byId.get(id)),
    byEmail: (email) => toUser(byEmail.get(email)),

    /** @throws NotUniqueError for a name or an address that somebody has */
    add: (fields) => toUser(unique(() => insert.get(fields))),

    /**
     * Changes what is given and nothing else.
     * @throws NotUniqueError for a name or an address that somebody else has
     */
    change: (id, fields) => toUser(unique(() => update.get({ ...byId.get(id), ...fields }))),

    /** The user of this name as a viewer sees them; the viewer is undefined for a stranger. */
    profile(username, viewer) {
      const row = profile.get({ username, viewerId: viewer?.id ?? null });
      return row === undefined ? undefined : new Profile({ ...row, following: row.following === 1 });
    },

    follow(followerId, followedId) {
      follow.run(followerId, followedId);
    },

    unfollow(followerId, followedId) {
      unfollow.run(followerId, followedId);
    },
  };
}

module.exports = { userGateway };
