const select = `
  SELECT c.id, c.author_id, c.body, c.created_at, u.username, u.bio, u.image,
    EXISTS (SELECT 1 FROM follows WHERE followed_id = c.author_id AND follower_id = :viewer) AS following
  FROM comments c JOIN users u ON u.id = c.author_id`;

/** A comment is never changed: its last change is its creation. */
const toComment = (row) =>
  row && {
    id: row.id,
    authorId: row.author_id,
    view: {
      id: row.id,
      body: row.body,
      createdAt: row.created_at,
      updatedAt: row.created_at,
      author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
    },
  };

export class Comments {
  #database;

  constructor(database) {
    this.#database = database;
  }

  async find(article, id, viewer) {
    const values = { ':id': id, ':article': article.id, ':viewer': viewer?.id };
    return toComment(
      await this.#database.get(`${select} WHERE c.id = :id AND c.article_id = :article`, values),
    );
  }

  async list(article, viewer) {
    const values = { ':article': article.id, ':viewer': viewer?.id };
    const rows = await this.#database.all(`${select} WHERE c.article_id = :article ORDER BY c.id`, values);
    return rows.map(toComment);
  }

  async add(article, author, body) {
    const { lastID } = await this.#database.run(
      'INSERT INTO comments (article_id, author_id, body, created_at) VALUES (?, ?, ?, ?)',
      [article.id, author.id, body, new Date().toISOString()],
    );
    return this.find(article, lastID, author);
  }

  remove(comment) {
    return this.#database.run('DELETE FROM comments WHERE id = ?', comment.id);
  }
}
