import { col, fn, Op } from 'sequelize';

const newestFirst = [
  ['createdAt', 'DESC'],
  ['id', 'DESC'],
];

export class Articles {
  #models;

  constructor(models) {
    this.#models = models;
  }

  bySlug(slug) {
    return this.#models.Article.findOne({ where: { slug }, include: this.#parts() });
  }

  /**
   * One page, newest first, with authors and tags, and how many there are in all.
   * @param filters `tag`, `author`, `favorited` (names) and `followerId`; undefined asks for nothing
   */
  async page(filters, { limit, offset }) {
    const { Article } = this.#models;
    const [ids, count] = await Promise.all([
      Article.findAll({
        attributes: ['id'],
        include: this.#joins(filters),
        order: newestFirst,
        limit,
        offset,
        subQuery: false,
        raw: true,
      }),
      Article.count({ include: this.#joins(filters), distinct: true }),
    ]);
    const where = { id: ids.map(({ id }) => id) };
    return { rows: await Article.findAll({ where, include: this.#parts(), order: newestFirst }), count };
  }

  create(values) {
    return this.#models.Article.create(values);
  }

  /** Sets the time of the last change too, also when only the tags change, which are rows of their own. */
  async change(article, values) {
    article.changed('updatedAt', true);
    await article.update({ ...values, updatedAt: new Date() });
  }

  remove(article) {
    return article.destroy();
  }

  favorite(article, user) {
    return article.addFan(user);
  }

  unfavorite(article, user) {
    return article.removeFan(user);
  }

  async setTags(article, names) {
    const { Tag, Tagging } = this.#models;
    const distinct = [...new Set(names)];
    await Tag.bulkCreate(
      distinct.map((name) => ({ name })),
      { ignoreDuplicates: true },
    );
    const tags = await Tag.findAll({ where: { name: distinct } });
    await Tagging.destroy({ where: { articleId: article.id } });
    await Tagging.bulkCreate(
      tags.map(({ id, name }) => ({ articleId: article.id, tagId: id, position: distinct.indexOf(name) })),
    );
  }

  async slugsThatBegin(prefix) {
    const where = { slug: { [Op.startsWith]: prefix } };
    const rows = await this.#models.Article.findAll({ attributes: ['slug'], where, raw: true });
    return rows.map(({ slug }) => slug);
  }

  /** How many users have marked each article, by its id; articles without marks are left out. */
  async favoritesCounts(ids) {
    const rows = await this.#models.Favorite.findAll({
      attributes: ['articleId', [fn('COUNT', col('userId')), 'count']],
      where: { articleId: ids },
      group: ['articleId'],
      raw: true,
    });
    return new Map(rows.map(({ articleId, count }) => [articleId, count]));
  }

  /** Which of some articles a user has marked, by their ids. */
  async favorites(userId, ids) {
    const rows = await this.#models.Favorite.findAll({ where: { userId, articleId: ids } });
    return new Set(rows.map(({ articleId }) => articleId));
  }

  /** The names of the tags that an article has. */
  async tagsInUse() {
    const { Tag, Tagging } = this.#models;
    const used = await Tagging.findAll({ attributes: ['tagId'], group: ['tagId'], raw: true });
    const rows = await Tag.findAll({ where: { id: used.map(({ tagId }) => tagId) }, raw: true });
    return rows.map(({ name }) => name);
  }

  #parts() {
    const { Tag, User } = this.#models;
    return [
      { model: User.scope('profile'), as: 'author' },
      { model: Tag, as: 'tags', through: { as: 'tagging', attributes: ['position'] } },
    ];
  }

  /** Inner joins that leave the articles of the filters; each finds an article once at most. */
  #joins({ tag, author, favorited, followerId }) {
    const { Tag, User } = this.#models;
    const join = (model, as, where) => ({ model, as, where, attributes: [], through: { attributes: [] } });
    const joins = [];
    if (tag !== undefined) joins.push(join(Tag, 'tags', { name: tag }));
    if (favorited !== undefined) joins.push(join(User, 'fans', { username: favorited }));
    if (author !== undefined || followerId !== undefined) {
      const writer = { model: User, as: 'author', attributes: [], required: true };
      if (author !== undefined) writer.where = { username: author };
      if (followerId !== undefined) writer.include = [join(User, 'followers', { id: followerId })];
      joins.push(writer);
    }
    return joins;
  }
}
