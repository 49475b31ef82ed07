import { slugsFor } from './slugs.js';

const select = `
  SELECT a.id, a.author_id, a.slug, a.title, a.description, a.body, a.tag_list, a.created_at, a.updated_at,
    u.username, u.bio, u.image,
    (SELECT count(*) FROM favorites WHERE article_id = a.id) AS favorites_count,
    EXISTS (SELECT 1 FROM favorites WHERE article_id = a.id AND user_id = :viewer) AS favorited,
    EXISTS (SELECT 1 FROM follows WHERE followed_id = a.author_id AND follower_id = :viewer) AS following
  FROM articles a JOIN users u ON u.id = a.author_id`;

const conditions = {
  ':tag': 'EXISTS (SELECT 1 FROM json_each(a.tag_list) WHERE json_each.value = :tag)',
  ':author': 'u.username = :author',
  ':favorited': `EXISTS (
    SELECT 1 FROM favorites f JOIN users fan ON fan.id = f.user_id WHERE f.article_id = a.id AND fan.username = :favorited)`,
  ':follower': 'a.author_id IN (SELECT followed_id FROM follows WHERE follower_id = :follower)',
};

/** What the API shows in a list. */
const toItem = (row) => ({
  slug: row.slug,
  title: row.title,
  description: row.description,
  tagList: JSON.parse(row.tag_list),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  favorited: row.favorited === 1,
  favoritesCount: row.favorites_count,
  author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
});

const toArticle = (row) =>
  row && { id: row.id, authorId: row.author_id, view: { ...toItem(row), body: row.body } };

/** Writes with the first slug of the title that no other article has: the database says which are taken. */
async function withFreeSlug(title, write) {
  for (const slug of slugsFor(title)) {
    try {
      return await write(slug);
    } catch (error) {
      if (!error.message.includes('UNIQUE constraint failed: articles.slug')) throw error;
    }
  }
  throw new Error('there is always another slug');
}

const toJson = (tags) => JSON.stringify([...new Set(tags)]);

export class Articles {
  #database;

  constructor(database) {
    this.#database = database;
  }

  async bySlug(slug, viewer) {
    const values = { ':slug': slug, ':viewer': viewer?.id };
    return toArticle(await this.#database.get(`${select} WHERE a.slug = :slug`, values));
  }

  async byId(id, viewer) {
    const values = { ':id': id, ':viewer': viewer?.id };
    return toArticle(await this.#database.get(`${select} WHERE a.id = :id`, values));
  }

  /**
   * One page, newest first, and how many there are in all.
   * @param filters `tag`, `author`, `favorited` (names) and `follower` (an id); undefined asks for nothing
   */
  async page(filters, { limit, offset }, viewer) {
    const values = Object.fromEntries(
      Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[`:${name}`, value]])),
    );
    const where = Object.keys(values).map((name) => conditions[name]);
    const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
    const [rows, { count }] = await Promise.all([
      this.#database.all(`${select} ${condition} ORDER BY a.id DESC LIMIT :limit OFFSET :offset`, {
        ...values,
        ':viewer': viewer?.id,
        ':limit': limit,
        ':offset': offset,
      }),
      this.#database.get(
        `SELECT count(*) AS count FROM articles a JOIN users u ON u.id = a.author_id ${condition}`,
        values,
      ),
    ]);
    return { articles: rows.map(toItem), articlesCount: count };
  }

  /** @returns the id of the new article */
  async add(author, { title, description, body, tagList = [] }) {
    const now = new Date().toISOString();
    const { lastID } = await withFreeSlug(title, (slug) =>
      this.#database.run(
        `INSERT INTO articles (slug, title, description, body, tag_list, author_id, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [slug, title, description, body, toJson(tagList), author.id, now, now],
      ),
    );
    return lastID;
  }

  /** Changes what is not undefined; another title gives another slug. */
  async change(article, { title, description, body, tagList }) {
    const write = (slug) =>
      this.#database.run(
        `UPDATE articles SET slug = coalesce(?, slug), title = coalesce(?, title),
           description = coalesce(?, description), body = coalesce(?, body), tag_list = coalesce(?, tag_list),
           updated_at = ?
         WHERE id = ?`,
        [slug, title, description, body, tagList && toJson(tagList), new Date().toISOString(), article.id],
      );
    const isOther = title !== undefined && title !== article.view.title;
    await (isOther ? withFreeSlug(title, write) : write(null));
  }

  remove(article) {
    return this.#database.run('DELETE FROM articles WHERE id = ?', article.id);
  }

  favorite(article, user) {
    return this.#database.run(
      'INSERT INTO favorites (article_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      article.id,
      user.id,
    );
  }

  unfavorite(article, user) {
    return this.#database.run(
      'DELETE FROM favorites WHERE article_id = ? AND user_id = ?',
      article.id,
      user.id,
    );
  }

  async tags() {
    const rows = await this.#database.all('SELECT DISTINCT value FROM articles, json_each(tag_list)');
    return rows.map(({ value }) => value);
  }
}
