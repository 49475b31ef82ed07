export class Follows {
  #database;

  constructor(database) {
    this.#database = database;
  }

  async has(follower, followed) {
    const row = await this.#database.get(
      'SELECT 1 FROM follows WHERE follower_id = ? AND followed_id = ?',
      follower.id,
      followed.id,
    );
    return row !== undefined;
  }

  add(follower, followed) {
    return this.#database.run(
      'INSERT INTO follows (follower_id, followed_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      follower.id,
      followed.id,
    );
  }

  remove(follower, followed) {
    return this.#database.run(
      'DELETE FROM follows WHERE follower_id = ? AND followed_id = ?',
      follower.id,
      followed.id,
    );
  }
}
