import { col, fn } from 'sequelize';
import { Article } from '../models/article.js';
import { Favorite } from '../models/favorite.js';
import type { Writer } from './writer.js';

/** Who has marked which articles. */
export class FavoriteRepository {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Marks an article once, if it is still there. */
  async add(articleId: number, userId: number): Promise<void> {
    await this.#writer.write(async (transaction) => {
      const article = await Article.findByPk(articleId, { attributes: ['id'], transaction });
      if (article === null) return;
      await Favorite.bulkCreate([{ articleId, userId }], { ignoreDuplicates: true, transaction });
    });
  }

  async remove(articleId: number, userId: number): Promise<void> {
    await this.#writer.write((transaction) =>
      Favorite.destroy({ where: { articleId, userId }, transaction }),
    );
  }

  /** How many users have marked each of some articles; those that nobody has marked are left out. */
  async counts(articleIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const rows = await Favorite.findAll({
      attributes: ['articleId', [fn('COUNT', col('user_id')), 'count']],
      where: { articleId: [...articleIds] },
      group: ['articleId'],
    });
    return new Map(rows.map((row) => [row.articleId, Number(row.get('count'))]));
  }

  /** Which of some articles a user has marked. */
  async markedAmong(userId: number, articleIds: readonly number[]): Promise<ReadonlySet<number>> {
    const rows = await Favorite.findAll({ where: { userId, articleId: [...articleIds] } });
    return new Set(rows.map(({ articleId }) => articleId));
  }
}
