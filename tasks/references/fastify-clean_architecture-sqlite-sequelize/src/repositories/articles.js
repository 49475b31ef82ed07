import { col, fn, Op } from 'sequelize';

const given = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Articles with their authors and tags, and who has marked them. */
export function createArticleRepository({ Article, ArticleTag, Favorite, Tag, User }, writes) {
  const full = [
    { model: User, as: 'author', attributes: ['id', 'username', 'bio', 'image'] },
    { model: Tag, as: 'tags', attributes: ['name'], through: { as: 'place', attributes: ['position'] } },
  ];

  function toArticle(row) {
    const { tags, ...article } = row.get({ plain: true });
    const places = tags.sort((a, b) => a.place.position - b.place.position);
    return { ...article, tagList: places.map(({ name }) => name) };
  }

  async function pickSlug({ base, pick }, transaction) {
    const where = { slug: { [Op.startsWith]: base } };
    const rows = await Article.findAll({ attributes: ['slug'], where, raw: true, transaction });
    return pick(new Set(rows.map(({ slug }) => slug)));
  }

  async function setTags(articleId, names, transaction) {
    const tagList = [...new Set(names)];
    await ArticleTag.destroy({ where: { articleId }, transaction });
    await Tag.bulkCreate(
      tagList.map((name) => ({ name })),
      { ignoreDuplicates: true, transaction },
    );
    const tags = await Tag.findAll({ where: { name: tagList }, transaction });
    await ArticleTag.bulkCreate(
      tags.map((tag) => ({ articleId, tagId: tag.id, position: tagList.indexOf(tag.name) })),
      { transaction },
    );
  }

  return {
    async bySlug(slug) {
      const row = await Article.findOne({ where: { slug }, include: full });
      return row === null ? undefined : toArticle(row);
    },

    async byId(id) {
      const row = await Article.findByPk(id, { include: full });
      return row === null ? undefined : toArticle(row);
    },

    /**
     * One page, newest first, and how many there are in all: finds the rows first and loads what belongs to them then.
     * @param filters `tag`, `author`, `favorited` (names), `follower` (an id); undefined asks for nothing
     */
    async page({ tag, author, favorited, follower }, { limit, offset }) {
      const joins = [
        tag !== undefined && {
          model: Tag,
          as: 'tags',
          attributes: [],
          where: { name: tag },
          through: { attributes: [] },
        },
        favorited !== undefined && {
          model: User,
          as: 'fans',
          attributes: [],
          where: { username: favorited },
          through: { attributes: [] },
        },
        (author !== undefined || follower !== undefined) && {
          model: User,
          as: 'author',
          attributes: [],
          ...(author !== undefined && { where: { username: author } }),
          ...(follower !== undefined && {
            required: true,
            include: [
              {
                model: User,
                as: 'followers',
                attributes: [],
                where: { id: follower },
                through: { attributes: [] },
              },
            ],
          }),
        },
      ].filter(Boolean);
      const order = [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ];
      const [found, articlesCount] = await Promise.all([
        Article.findAll({ attributes: ['id'], include: joins, order, limit, offset, subQuery: false }),
        Article.count({ include: joins, distinct: true }),
      ]);
      const rows = await Article.findAll({ where: { id: found.map(({ id }) => id) }, include: full, order });
      return { articles: rows.map(toArticle), articlesCount };
    },

    /** @param slug its `base`, and what picks one that begins like this, given those that are taken */
    add: ({ tagList, ...fields }, slug) =>
      writes.together(async (transaction) => {
        const values = { ...fields, slug: await pickSlug(slug, transaction) };
        const article = await Article.create(values, { transaction });
        await setTags(article.id, tagList, transaction);
        return article.id;
      }),

    /** @param slug as for `add`; undefined when the article keeps the one that it has */
    change: (id, { tagList, ...fields }, slug) =>
      writes.together(async (transaction) => {
        const article = await Article.findByPk(id, { transaction });
        if (article === null) return;
        article.set(given(fields));
        if (slug !== undefined) article.slug = await pickSlug(slug, transaction);
        // Also when only the tags change, which are rows of their own.
        article.changed('updatedAt', true);
        await article.save({ transaction });
        if (tagList !== undefined) await setTags(id, tagList, transaction);
      }),

    remove: (id) => writes.single(() => Article.destroy({ where: { id } })),

    favorite: (articleId, userId) =>
      writes.single(() => Favorite.bulkCreate([{ articleId, userId }], { ignoreDuplicates: true })),
    unfavorite: (articleId, userId) =>
      writes.single(() => Favorite.destroy({ where: { articleId, userId } })),

    /** How many have marked each of some articles, by id. */
    async favoritesCounts(articleIds) {
      const rows = await Favorite.findAll({
        attributes: ['articleId', [fn('COUNT', col('userId')), 'count']],
        where: { articleId: articleIds },
        group: ['articleId'],
        raw: true,
      });
      return new Map(rows.map(({ articleId, count }) => [articleId, count]));
    },

    /** Which of some articles somebody has marked, as a set of ids. */
    async favoritesAmong(userId, articleIds) {
      const rows = await Favorite.findAll({ where: { userId, articleId: articleIds }, raw: true });
      return new Set(rows.map(({ articleId }) => articleId));
    },

    /** The names of all tags that an article has. */
    async tags() {
      const inUse = {
        model: Article,
        as: 'articles',
        attributes: [],
        required: true,
        through: { attributes: [] },
      };
      const rows = await Tag.findAll({ attributes: ['name'], include: [inUse], group: ['tag.id'] });
      return rows.map(({ name }) => name);
    },
  };
}
