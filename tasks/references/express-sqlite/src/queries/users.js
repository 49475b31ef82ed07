'use strict';

const columns = 'id, username, email, password_hash AS passwordHash, bio, image';

function userQueries(database) {
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
  const byUsername = database.prepare(`SELECT ${columns} FROM users WHERE username = ?`);
  const follow = database.prepare('INSERT OR IGNORE INTO follows (follower_id, followed_id) VALUES (?, ?)');
  const unfollow = database.prepare('DELETE FROM follows WHERE follower_id = ? AND followed_id = ?');
  const follows = database.prepare('SELECT 1 FROM follows WHERE follower_id = ? AND followed_id = ?');

  return {
    add: (user) => insert.get(user),
    /** Reads the user anew: another request may have changed it since this one began. */
    update: (id, changes) => update.get({ ...byId.get(id), ...changes }),
    byId: (id) => byId.get(id),
    byEmail: (email) => byEmail.get(email),
    byUsername: (username) => byUsername.get(username),
    follow: (follower, followed) => follow.run(follower.id, followed.id),
    unfollow: (follower, followed) => unfollow.run(follower.id, followed.id),

    profile: (user, viewer) => ({
      username: user.username,
      bio: user.bio,
      image: user.image,
      following: viewer !== undefined && follows.get(viewer.id, user.id) !== undefined,
    }),
  };
}

module.exports = { userQueries };
