import { type Includeable, Op, type Transaction } from 'sequelize';
import { Article } from '../models/article.js';
import { ArticleTag } from '../models/article-tag.js';
import { Favorite } from '../models/favorite.js';
import { Follow } from '../models/follow.js';
import { User } from '../models/user.js';
import { type Person, toPerson } from './user-repository.js';
import type { Writer } from './writer.js';

export interface StoredArticle {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly tagList: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly author: Person;
}

export interface ArticleFields {
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly tagList: readonly string[];
}

/** Undefined asks for nothing; `followerId` asks for articles of those whom a user follows. */
export interface Filters {
  readonly tag?: string | undefined;
  readonly author?: string | undefined;
  readonly favorited?: string | undefined;
  readonly followerId?: number | undefined;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Makes a slug that is not among those that are taken. */
export type PickSlug = (taken: ReadonlySet<string>) => string;

/** A slug that is still to be picked, and what it begins with. */
export interface NewSlug {
  readonly base: string;
  readonly pick: PickSlug;
}

/** An article with its author and its tags; the tags of all articles of a list come by one query. */
const whole = (): Includeable[] => [
  { model: User.scope('public'), as: 'author' },
  { model: ArticleTag, as: 'tags', separate: true, order: ['position'] },
];

const nothing = { attributes: [] };

export class ArticleRepository {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async bySlug(slug: string): Promise<StoredArticle | undefined> {
    const article = await Article.findOne({ where: { slug }, include: whole() });
    return article === null ? undefined : toStored(article);
  }

  async byId(id: number): Promise<StoredArticle | undefined> {
    const article = await Article.findByPk(id, { include: whole() });
    return article === null ? undefined : toStored(article);
  }

  /** One page, newest first, and how many there are in all. */
  async page(filters: Filters, { limit, offset }: Page): Promise<{ rows: StoredArticle[]; count: number }> {
    const [ids, count] = await Promise.all([
      Article.findAll({
        attributes: ['id'],
        include: joins(filters),
        order: [['id', 'DESC']],
        limit,
        offset,
        subQuery: false,
        raw: true,
      }),
      Article.count({ include: joins(filters), distinct: true }),
    ]);
    const where = { id: ids.map(({ id }) => id) };
    const rows = await Article.findAll({ where, include: whole(), order: [['id', 'DESC']] });
    return { rows: rows.map(toStored), count };
  }

  add(authorId: number, { tagList, ...fields }: ArticleFields, slug: NewSlug): Promise<number> {
    return this.#writer.write(async (transaction) => {
      const values = { ...fields, authorId, slug: await pickSlug(slug, transaction) };
      const { id } = await Article.create(values, { transaction });
      await setTags(id, tagList, transaction);
      return id;
    });
  }

  /** Changes what is given, and the time of the last change; without a new slug the old one stays. */
  async change(id: number, { tagList, ...fields }: Partial<ArticleFields>, slug?: NewSlug): Promise<void> {
    await this.#writer.write(async (transaction) => {
      const article = await Article.findByPk(id, { transaction });
      if (article === null) return;
      article.set({ ...fields, ...(slug && { slug: await pickSlug(slug, transaction) }) });
      // A change of the tags alone is one of the article too; Sequelize would not see it.
      article.changed('updatedAt', true);
      await article.save({ transaction });
      if (tagList !== undefined) await setTags(id, tagList, transaction);
    });
  }

  async remove(id: number): Promise<void> {
    await this.#writer.write((transaction) => Article.destroy({ where: { id }, transaction }));
  }

  /** The names of all tags that an article has. */
  async tags(): Promise<string[]> {
    const rows = await ArticleTag.findAll({ attributes: ['name'], group: ['name'], raw: true });
    return rows.map(({ name }) => name);
  }
}

/** Inner joins that leave what the filters let through, each article once. */
function joins({ tag, author, favorited, followerId }: Filters): Includeable[] {
  const included: Includeable[] = [];
  if (tag !== undefined) included.push({ model: ArticleTag, as: 'tags', where: { name: tag }, ...nothing });
  if (favorited !== undefined) {
    const fan = { model: User, as: 'fan', where: { username: favorited }, ...nothing };
    included.push({ model: Favorite, as: 'favorites', required: true, include: [fan], ...nothing });
  }
  if (author !== undefined)
    included.push({ model: User, as: 'author', where: { username: author }, ...nothing });
  if (followerId !== undefined) {
    const follow = { model: Follow, as: 'followers', where: { followerId }, ...nothing };
    included.push({ model: User, as: 'author', required: true, include: [follow], ...nothing });
  }
  return included;
}

async function pickSlug({ base, pick }: NewSlug, transaction: Transaction): Promise<string> {
  const where = { slug: { [Op.startsWith]: base } };
  const rows = await Article.findAll({ attributes: ['slug'], where, raw: true, transaction });
  return pick(new Set(rows.map(({ slug }) => slug)));
}

async function setTags(
  articleId: number,
  tagList: readonly string[],
  transaction: Transaction,
): Promise<void> {
  await ArticleTag.destroy({ where: { articleId }, transaction });
  const rows = [...new Set(tagList)].map((name, position) => ({ articleId, position, name }));
  await ArticleTag.bulkCreate(rows, { transaction });
}

function toStored(article: Article): StoredArticle {
  const { id, slug, title, description, body, createdAt, updatedAt, author, tags = [] } = article;
  if (author === undefined) throw new Error('an article was read without its author');
  const tagList = tags.map(({ name }) => name);
  return { id, slug, title, description, body, tagList, createdAt, updatedAt, author: toPerson(author) };
}
