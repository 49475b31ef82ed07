import { Article } from '../models/article.js';
import { Comment } from '../models/comment.js';
import { User } from '../models/user.js';
import { type Person, toPerson } from './user-repository.js';
import type { Writer } from './writer.js';

export interface StoredComment {
  readonly id: number;
  readonly body: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly author: Person;
}

const withAuthor = () => [{ model: User.scope('public'), as: 'author' }];

export class CommentRepository {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async list(articleId: number): Promise<StoredComment[]> {
    const rows = await Comment.findAll({ where: { articleId }, include: withAuthor(), order: ['id'] });
    return rows.map(toStored);
  }

  async find(articleId: number, id: number): Promise<StoredComment | undefined> {
    const comment = await Comment.findOne({ where: { articleId, id }, include: withAuthor() });
    return comment === null ? undefined : toStored(comment);
  }

  /** @returns undefined when the article is not there any more */
  add(articleId: number, authorId: number, body: string): Promise<StoredComment | undefined> {
    return this.#writer.write(async (transaction) => {
      const article = await Article.findByPk(articleId, { attributes: ['id'], transaction });
      if (article === null) return undefined;
      const { id } = await Comment.create({ articleId, authorId, body }, { transaction });
      const comment = await Comment.findByPk(id, { include: withAuthor(), transaction });
      return comment === null ? undefined : toStored(comment);
    });
  }

  async remove(id: number): Promise<void> {
    await this.#writer.write((transaction) => Comment.destroy({ where: { id }, transaction }));
  }
}

function toStored({ id, body, createdAt, updatedAt, author }: Comment): StoredComment {
  if (author === undefined) throw new Error('a comment was read without its author');
  return { id, body, createdAt, updatedAt, author: toPerson(author) };
}
