import type Sqlite from 'better-sqlite3';
import { freeSlug } from './slugs.js';
import type { Profile, User } from './users.js';

export interface ArticleItem {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly tagList: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly favorited: boolean;
  readonly favoritesCount: number;
  readonly author: Profile;
}

export interface Article {
  readonly id: number;
  readonly authorId: number;
  /** What the API shows of it. */
  readonly view: ArticleItem & { readonly body: string };
}

export interface ArticleFields {
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly tagList?: readonly string[] | undefined;
}

export interface Filters {
  readonly tag?: string | undefined;
  readonly author?: string | undefined;
  readonly favorited?: string | undefined;
  /** The id of a user: articles of those whom this user follows. */
  readonly follower?: number | undefined;
}

interface Row {
  id: number;
  author_id: number;
  slug: string;
  title: string;
  description: string;
  body: string;
  created_at: number;
  updated_at: number;
  username: string;
  bio: string | null;
  image: string | null;
  favorites: number;
  favorited: number;
  following: number;
}

const select = `
  SELECT articles.*, author.username, author.bio, author.image,
    (SELECT count(*) FROM favorites f WHERE f.article_id = articles.id) AS favorites,
    EXISTS (SELECT 1 FROM favorites f WHERE f.article_id = articles.id AND f.user_id = @viewer) AS favorited,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = author.id AND w.follower_id = @viewer) AS following
  FROM articles JOIN users author ON author.id = articles.author_id`;

/** A filter that is null lets everything through. */
const filtered = `
  (@tag IS NULL OR EXISTS (SELECT 1 FROM tags WHERE tags.article_id = articles.id AND tags.name = @tag))
  AND (@author IS NULL OR author.username = @author)
  AND (@favorited IS NULL OR EXISTS (
    SELECT 1 FROM favorites f JOIN users fan ON fan.id = f.user_id
    WHERE f.article_id = articles.id AND fan.username = @favorited))
  AND (@follower IS NULL OR EXISTS (
    SELECT 1 FROM follows w WHERE w.followed_id = author.id AND w.follower_id = @follower))`;

export class Articles {
  readonly #statements;
  readonly #db: Sqlite.Database;

  constructor(db: Sqlite.Database) {
    this.#db = db;
    this.#statements = {
      bySlug: db.prepare<[{ slug: string; viewer: number | null }], Row>(
        `${select} WHERE articles.slug = @slug`,
      ),
      byId: db.prepare<[{ id: number; viewer: number | null }], Row>(`${select} WHERE articles.id = @id`),
      list: db.prepare<[object], Row>(
        `${select} WHERE ${filtered} ORDER BY articles.id DESC LIMIT @limit OFFSET @offset`,
      ),
      count: db
        .prepare<[object], number>(
          `SELECT count(*) FROM articles JOIN users author ON author.id = articles.author_id WHERE ${filtered}`,
        )
        .pluck(),
      tagsOf: db.prepare<[string], { id: number; name: string }>(
        `SELECT article_id AS id, name FROM tags WHERE article_id IN (SELECT value FROM json_each(?))
         ORDER BY article_id, position`,
      ),
      hasSlug: db.prepare<[string]>('SELECT 1 FROM articles WHERE slug = ?'),
      insert: db.prepare<[object]>(
        `INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
         VALUES (@slug, @title, @description, @body, @authorId, @now, @now)`,
      ),
      update: db.prepare<[object]>(
        `UPDATE articles SET slug = @slug, title = @title, description = @description, body = @body, updated_at = @now
         WHERE id = @id`,
      ),
      remove: db.prepare<[number]>('DELETE FROM articles WHERE id = ?'),
      clearTags: db.prepare<[number]>('DELETE FROM tags WHERE article_id = ?'),
      addTag: db.prepare<[number, number, string]>(
        'INSERT INTO tags (article_id, position, name) VALUES (?, ?, ?)',
      ),
      favorite: db.prepare<[number, number]>(
        'INSERT INTO favorites (article_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      ),
      unfavorite: db.prepare<[number, number]>('DELETE FROM favorites WHERE article_id = ? AND user_id = ?'),
      tags: db.prepare<[], string>('SELECT DISTINCT name FROM tags').pluck(),
    };
  }

  bySlug(slug: string, viewer: User | undefined): Article | undefined {
    const row = this.#statements.bySlug.get({ slug, viewer: viewer?.id ?? null });
    return row && this.#toArticles([row])[0];
  }

  /** One page, newest first and without the bodies, and how many there are in all. */
  page(filters: Filters, { limit, offset }: { limit: number; offset: number }, viewer: User | undefined) {
    const { tag = null, author = null, favorited = null, follower = null } = filters;
    const values = { tag, author, favorited, follower };
    const rows = this.#statements.list.all({ ...values, limit, offset, viewer: viewer?.id ?? null });
    const articles = this.#toArticles(rows).map(({ view: { body, ...item } }): ArticleItem => item);
    return { articles, articlesCount: this.#statements.count.get(values) ?? 0 };
  }

  add(author: User, fields: ArticleFields): Article {
    const { title, description, body, tagList = [] } = fields;
    return this.#db.transaction(() => {
      const row = {
        slug: this.#freeSlug(title),
        title,
        description,
        body,
        authorId: author.id,
        now: Date.now(),
      };
      const id = Number(this.#statements.insert.run(row).lastInsertRowid);
      this.#setTags(id, tagList);
      return this.#read(id, author);
    })();
  }

  /** @returns undefined when somebody has deleted the article since it was read */
  change({ id }: Article, changes: Partial<ArticleFields>, viewer: User): Article | undefined {
    return this.#db.transaction(() => {
      const row = this.#statements.byId.get({ id, viewer: viewer.id });
      if (row === undefined) return undefined;
      const { title = row.title, description = row.description, body = row.body, tagList } = changes;
      const slug = title === row.title ? row.slug : this.#freeSlug(title);
      this.#statements.update.run({ id, slug, title, description, body, now: Date.now() });
      if (tagList !== undefined) this.#setTags(id, tagList);
      return this.#read(id, viewer);
    })();
  }

  remove({ id }: Article): void {
    this.#statements.remove.run(id);
  }

  favorite({ id }: Article, user: User): Article {
    this.#statements.favorite.run(id, user.id);
    return this.#read(id, user);
  }

  unfavorite({ id }: Article, user: User): Article {
    this.#statements.unfavorite.run(id, user.id);
    return this.#read(id, user);
  }

  tags(): string[] {
    return this.#statements.tags.all();
  }

  #read(id: number, viewer: User): Article {
    const row = this.#statements.byId.get({ id, viewer: viewer.id });
    const [article] = row ? this.#toArticles([row]) : [];
    if (article === undefined) throw new Error(`there is no article ${id}`);
    return article;
  }

  #freeSlug(title: string): string {
    return freeSlug(title, (slug) => this.#statements.hasSlug.get(slug) !== undefined);
  }

  #setTags(id: number, tagList: readonly string[]): void {
    this.#statements.clearTags.run(id);
    [...new Set(tagList)].forEach((name, position) => this.#statements.addTag.run(id, position, name));
  }

  /** With one more query for the tags of all. */
  #toArticles(rows: readonly Row[]): Article[] {
    const tags = new Map<number, string[]>(rows.map(({ id }) => [id, []]));
    for (const { id, name } of this.#statements.tagsOf.all(JSON.stringify([...tags.keys()]))) {
      tags.get(id)?.push(name);
    }
    return rows.map((row) => ({
      id: row.id,
      authorId: row.author_id,
      view: {
        slug: row.slug,
        title: row.title,
        description: row.description,
        body: row.body,
        tagList: tags.get(row.id) ?? [],
        createdAt: new Date(row.created_at),
        updatedAt: new Date(row.updated_at),
        favorited: row.favorited === 1,
        favoritesCount: row.favorites,
        author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
      },
    }));
  }
}
