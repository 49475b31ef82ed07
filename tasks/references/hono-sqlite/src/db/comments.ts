import type Sqlite from 'better-sqlite3';
import type { Article } from './articles.js';
import type { Profile, User } from './users.js';

export interface Comment {
  readonly authorId: number;
  /** What the API shows of it. */
  readonly view: {
    readonly id: number;
    readonly body: string;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly author: Profile;
  };
}

interface Row {
  id: number;
  author_id: number;
  body: string;
  created_at: number;
  username: string;
  bio: string | null;
  image: string | null;
  following: number;
}

const select = `
  SELECT comments.*, users.username, users.bio, users.image,
    EXISTS (SELECT 1 FROM follows WHERE followed_id = users.id AND follower_id = @viewer) AS following
  FROM comments JOIN users ON users.id = comments.author_id WHERE comments.article_id = @article`;

/** A comment is never changed: its last change is its creation. */
const toComment = (row: Row): Comment => ({
  authorId: row.author_id,
  view: {
    id: row.id,
    body: row.body,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.created_at),
    author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
  },
});

export class Comments {
  readonly #list;
  readonly #find;
  readonly #insert;
  readonly #remove;

  constructor(db: Sqlite.Database) {
    this.#list = db.prepare<[{ article: number; viewer: number | null }], Row>(
      `${select} ORDER BY comments.id`,
    );
    this.#find = db.prepare<[{ article: number; id: number; viewer: number | null }], Row>(
      `${select} AND comments.id = @id`,
    );
    this.#insert = db.prepare<[number, string, number, number], { id: number }>(
      `INSERT INTO comments (article_id, author_id, body, created_at)
       SELECT id, ?, ?, ? FROM articles WHERE id = ? RETURNING id`,
    );
    this.#remove = db.prepare<[number]>('DELETE FROM comments WHERE id = ?');
  }

  list(article: Article, viewer: User | undefined): Comment[] {
    return this.#list.all({ article: article.id, viewer: viewer?.id ?? null }).map(toComment);
  }

  find(article: Article, id: number, viewer: User): Comment | undefined {
    const row = this.#find.get({ article: article.id, id, viewer: viewer.id });
    return row && toComment(row);
  }

  /** @returns undefined when somebody has deleted the article since it was read */
  add(article: Article, author: User, body: string): Comment | undefined {
    const added = this.#insert.get(author.id, body, Date.now(), article.id);
    return added && this.find(article, added.id, author);
  }

  remove(comment: Comment): void {
    this.#remove.run(comment.view.id);
  }
}
