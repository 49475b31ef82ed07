'use strict';

const { notFound } = require('../errors');
const { slugify } = require('./slugs');

/** Articles as `@viewer` (an id, or null) sees them. */
const select = `
  SELECT v.*,
    EXISTS (SELECT 1 FROM favorites f WHERE f.article_id = v.id AND f.user_id = @viewer) AS favorited,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = v.author_id AND w.follower_id = @viewer) AS following
  FROM article_views v`;

const conditions = {
  tag: 'v.id IN (SELECT article_id FROM article_tags WHERE tag = @tag)',
  author: 'v.username = @author',
  favorited:
    'v.id IN (SELECT article_id FROM favorites JOIN users ON users.id = user_id WHERE username = @favorited)',
  follower: 'v.author_id IN (SELECT followed_id FROM follows WHERE follower_id = @follower)',
};

const now = () => new Date().toISOString();

/** A row as the API shows it in a list: without its body. */
const toItem = (row) => ({
  slug: row.slug,
  title: row.title,
  description: row.description,
  tagList: JSON.parse(row.tags),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  favorited: row.favorited === 1,
  favoritesCount: row.favorites_count,
  author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
});

/** A row as the routes use it; `view` is what the API shows. */
const toArticle = (row) =>
  row && { id: row.id, authorId: row.author_id, title: row.title, view: { ...toItem(row), body: row.body } };

function createArticles(database) {
  const bySlug = database.prepare(`${select} WHERE v.slug = @slug`);
  const byId = database.prepare(`${select} WHERE v.id = @id`);
  const idOfSlug = database.prepare('SELECT id FROM articles WHERE slug = ?').pluck();
  const insert = database.prepare(
    `INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
     VALUES (@slug, @title, @description, @body, @authorId, @now, @now)`,
  );
  const update = database.prepare(
    `UPDATE articles SET title = coalesce(@title, title), description = coalesce(@description, description),
       body = coalesce(@body, body), updated_at = @now
     WHERE id = @id`,
  );
  const setSlug = database.prepare('UPDATE articles SET slug = @slug WHERE id = @id');
  const remove = database.prepare('DELETE FROM articles WHERE id = ?');
  const deleteTags = database.prepare('DELETE FROM article_tags WHERE article_id = ?');
  const insertTag = database.prepare('INSERT INTO article_tags (article_id, position, tag) VALUES (?, ?, ?)');
  const insertFavorite = database.prepare(
    `INSERT OR IGNORE INTO favorites (article_id, user_id)
     SELECT id, @user FROM articles WHERE id = @article`,
  );
  const deleteFavorite = database.prepare(
    'DELETE FROM favorites WHERE article_id = @article AND user_id = @user',
  );
  const tags = database.prepare('SELECT DISTINCT tag FROM article_tags').pluck();

  const viewerOf = (user) => user?.id ?? null;

  /** `/articles/feed` is the feed: no article may have this slug. */
  function freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || idOfSlug.get(slug) !== undefined; n += 1) slug = `${base}-${n}`;
    return slug;
  }

  function setTags(id, tagList) {
    deleteTags.run(id);
    [...new Set(tagList)].forEach((tag, position) => insertTag.run(id, position, tag));
  }

  return {
    bySlug: (slug, viewer) => toArticle(bySlug.get({ slug, viewer: viewerOf(viewer) })),

    /** One page of those that meet all filters given, newest first, and how many do in all. */
    page({ limit, offset, ...filters }, viewer) {
      const given = Object.keys(conditions).filter((name) => filters[name] !== undefined);
      const where = given.map((name) => conditions[name]).join(' AND ') || 'TRUE';
      const values = Object.fromEntries(given.map((name) => [name, filters[name]]));
      const rows = database
        .prepare(`${select} WHERE ${where} ORDER BY v.id DESC LIMIT @limit OFFSET @offset`)
        .all({ ...values, limit, offset, viewer: viewerOf(viewer) });
      const count = database.prepare(`SELECT count(*) FROM article_views v WHERE ${where}`).pluck();
      return { articles: rows.map(toItem), articlesCount: count.get(values) };
    },

    add: database.transaction((author, { title, description, body, tagList }) => {
      const row = { slug: freeSlug(title), title, description, body, authorId: author.id, now: now() };
      const id = insert.run(row).lastInsertRowid;
      setTags(id, tagList);
      return toArticle(byId.get({ id, viewer: author.id }));
    }),

    /** Reads the article anew: another request may have changed or deleted it since this one found it. */
    change: database.transaction(
      (article, { title = null, description = null, body = null, tagList }, viewer) => {
        const { id } = article;
        const current = toArticle(byId.get({ id, viewer: viewer.id }));
        if (current === undefined) throw notFound('article');
        if (title !== null && title !== current.view.title) setSlug.run({ id, slug: freeSlug(title) });
        update.run({ id, title, description, body, now: now() });
        if (tagList !== undefined) setTags(id, tagList);
        return toArticle(byId.get({ id, viewer: viewer.id }));
      },
    ),

    remove: (article) => remove.run(article.id),
    favorite(article, user) {
      insertFavorite.run({ article: article.id, user: user.id });
      return toArticle(byId.get({ id: article.id, viewer: user.id }));
    },

    unfavorite(article, user) {
      deleteFavorite.run({ article: article.id, user: user.id });
      return toArticle(byId.get({ id: article.id, viewer: user.id }));
    },

    tags: () => tags.all(),
  };
}

module.exports = { createArticles };
