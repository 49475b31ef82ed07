'use strict';

const { col, fn, Op } = require('sequelize');

const newestFirst = [
  ['createdAt', 'DESC'],
  ['id', 'DESC'],
];

function plain(row) {
  if (row === null) return undefined;
  const { tags, ...article } = row.get({ plain: true });
  return { ...article, tagList: tags.map(({ name }) => name) };
}

class ArticleGateway {
  #models;

  constructor(models) {
    this.#models = models;
  }

  async bySlug(slug) {
    return plain(
      await this.#models.Article.findOne({ where: { slug }, include: [this.#author(), this.#tags()] }),
    );
  }

  async byId(id) {
    return plain(await this.#models.Article.findByPk(id, { include: [this.#author(), this.#tags()] }));
  }

  /**
   * One page, newest first, and how many there are in all; tags come by one more query for the whole page.
   * @param filters `tag`, `author`, `favorited` (names) and `followerId`; undefined asks for nothing
   */
  async page({ tag, author, favorited, followerId }, { limit, offset }) {
    const { Article, ArticleTag, Favorite, Follow, User } = this.#models;
    const writer = { ...this.#author(), required: true };
    if (author !== undefined) writer.where = { username: author };
    if (followerId !== undefined) {
      writer.include = [{ model: Follow, as: 'followers', attributes: [], where: { followerId } }];
    }
    const include = [writer];
    const where = {};
    if (tag !== undefined) {
      const tagged = await ArticleTag.findAll({ attributes: ['articleId'], where: { name: tag }, raw: true });
      where.id = tagged.map(({ articleId }) => articleId);
    }
    if (favorited !== undefined) {
      const fan = { model: User, as: 'user', attributes: [], where: { username: favorited } };
      include.push({ model: Favorite, as: 'favorites', attributes: [], required: true, include: [fan] });
    }
    const [rows, count] = await Promise.all([
      Article.findAll({
        where,
        include: [...include, this.#tags()],
        order: newestFirst,
        limit,
        offset,
        subQuery: false,
      }),
      Article.count({ where, include, distinct: true }),
    ]);
    return { rows: rows.map(plain), count };
  }

  /** @param pickSlug gives a slug that is not in a set of those that begin like `slugBase` */
  add({ tagList, ...fields }, slugBase, pickSlug) {
    const { Article, write } = this.#models;
    return write.atomic(async (transaction) => {
      const slug = pickSlug(await this.#slugsLike(slugBase, transaction));
      const { id } = await Article.create({ ...fields, slug }, { transaction });
      await this.#setTags(id, tagList, transaction);
      return id;
    });
  }

  /** Changes what is given, and the time of the last change; without a `slugBase` the slug stays. */
  change(id, { tagList, ...fields }, slugBase, pickSlug) {
    const { Article, write } = this.#models;
    return write.atomic(async (transaction) => {
      const article = await Article.findByPk(id, { transaction });
      if (article === null) return;
      article.set(fields);
      if (slugBase !== undefined) article.slug = pickSlug(await this.#slugsLike(slugBase, transaction));
      // Sequelize does not see that the article changes when only its tags do.
      article.changed('updatedAt', true);
      await article.save({ transaction });
      if (tagList !== undefined) await this.#setTags(id, tagList, transaction);
    });
  }

  remove(id) {
    const { Article, write } = this.#models;
    return write(() => Article.destroy({ where: { id } }));
  }

  favorite(articleId, userId) {
    const { Favorite, write } = this.#models;
    return write(() => Favorite.bulkCreate([{ articleId, userId }], { ignoreDuplicates: true }));
  }

  unfavorite(articleId, userId) {
    const { Favorite, write } = this.#models;
    return write(() => Favorite.destroy({ where: { articleId, userId } }));
  }

  /** How many users have marked each of some articles, by the article's id. */
  async favoritesCounts(ids) {
    const rows = await this.#models.Favorite.findAll({
      attributes: ['articleId', [fn('COUNT', col('userId')), 'count']],
      where: { articleId: ids },
      group: 'articleId',
      raw: true,
    });
    return new Map(rows.map(({ articleId, count }) => [articleId, count]));
  }

  /** Which of some articles a user has marked, as a set of ids. */
  async favorites(userId, ids) {
    const rows = await this.#models.Favorite.findAll({ where: { userId, articleId: ids }, raw: true });
    return new Set(rows.map(({ articleId }) => articleId));
  }

  async tags() {
    const rows = await this.#models.ArticleTag.findAll({ attributes: ['name'], group: 'name', raw: true });
    return rows.map(({ name }) => name);
  }

  #author() {
    return { model: this.#models.User.scope('public'), as: 'author' };
  }

  #tags() {
    return { model: this.#models.ArticleTag, as: 'tags', separate: true, order: ['position'] };
  }

  async #slugsLike(base, transaction) {
    const where = { slug: { [Op.startsWith]: base } };
    const rows = await this.#models.Article.findAll({ attributes: ['slug'], where, raw: true, transaction });
    return new Set(rows.map(({ slug }) => slug));
  }

  async #setTags(articleId, tagList, transaction) {
    const { ArticleTag } = this.#models;
    await ArticleTag.destroy({ where: { articleId }, transaction });
    const rows = [...new Set(tagList)].map((name, position) => ({ articleId, name, position }));
    await ArticleTag.bulkCreate(rows, { transaction });
  }
}

module.exports = { ArticleGateway };
