'use strict';

const { Article } = require('../entities/article');
const { Profile } = require('../entities/profile');

/** Articles with their authors, as `@viewerId` (null for a stranger) sees them. */
const selectArticle = `
  SELECT a.id, a.slug, a.title, a.description, a.body, a.created_at AS createdAt, a.updated_at AS updatedAt,
    u.id AS authorId, u.username, u.bio, u.image,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM article_tags WHERE article_id = a.id ORDER BY position)) AS tags,
    (SELECT count(*) FROM favorites f WHERE f.article_id = a.id) AS favoritesCount,
    EXISTS (SELECT 1 FROM favorites f WHERE f.article_id = a.id AND f.user_id = @viewerId) AS favorited,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = a.author_id AND w.follower_id = @viewerId) AS following
  FROM articles a JOIN users u ON u.id = a.author_id`;

/** Each parameter that is null asks for nothing. */
const condition = `
  WHERE (@author IS NULL OR a.author_id = (SELECT id FROM users WHERE username = @author))
    AND (@tag IS NULL OR a.id IN (SELECT article_id FROM article_tags WHERE tag = @tag))
    AND (@favorited IS NULL OR a.id IN (
      SELECT article_id FROM favorites JOIN users ON users.id = user_id WHERE username = @favorited))
    AND (@followerId IS NULL OR a.author_id IN (SELECT followed_id FROM follows WHERE follower_id = @followerId))`;

function toArticle(row) {
  if (row === undefined) return undefined;
  const { authorId, username, bio, image, following, tags, favorited, ...fields } = row;
  const author = new Profile({ id: authorId, username, bio, image, following: following === 1 });
  return new Article({ ...fields, tagList: JSON.parse(tags), favorited: favorited === 1, author });
}

const idOf = (viewer) => viewer?.id ?? null;

function articleGateway(database) {
  const byId = database.prepare(`${selectArticle} WHERE a.id = @id`);
  const bySlug = database.prepare(`${selectArticle} WHERE a.slug = @slug`);
  const page = database.prepare(
    `${selectArticle} ${condition} ORDER BY a.created_at DESC, a.id DESC LIMIT @limit OFFSET @offset`,
  );
  const count = database.prepare(`SELECT count(*) FROM articles a ${condition}`).pluck();
  const hasSlug = database.prepare('SELECT 1 FROM articles WHERE slug = ?').pluck();
  const insert = database.prepare(
    `INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
     VALUES (@slug, @title, @description, @body, @authorId, @now, @now)`,
  );
  const update = database.prepare(
    `UPDATE articles SET slug = @slug, title = @title, description = @description, body = @body, updated_at = @now
     WHERE id = @id`,
  );
  const remove = database.prepare('DELETE FROM articles WHERE id = ?');
  const clearTags = database.prepare('DELETE FROM article_tags WHERE article_id = ?');
  const addTag = database.prepare('INSERT OR IGNORE INTO article_tags (article_id, tag, position) VALUES (?, ?, ?)');
  const favorite = database.prepare('INSERT OR IGNORE INTO favorites (user_id, article_id) VALUES (?, ?)');
  const unfavorite = database.prepare('DELETE FROM favorites WHERE user_id = ? AND article_id = ?');
  const tags = database.prepare('SELECT DISTINCT tag FROM article_tags ORDER BY tag').pluck();

  function firstFree(slugs) {
    for (const slug of slugs) if (hasSlug.get(slug) === undefined) return slug;
    throw new RangeError('no slug is free');
  }

  function setTags(articleId, tagList) {
    clearTags.run(articleId);
    tagList.forEach((tag, position) => addTag.run(articleId, tag, position));
  }

  return {
    byId: (id, viewer) => toArticle(byId.get({ id, viewerId: idOf(viewer) })),
    bySlug: (slug, viewer) => toArticle(bySlug.get({ slug, viewerId: idOf(viewer) })),

    /**
     * One page, newest first, and how many there are in all.
     * @param filters `tag`, `author`, `favorited` (names) and `followerId`; one that is left out asks for nothing
     */
    page({ tag = null, author = null, favorited = null, followerId = null }, { limit, offset }, viewer) {
      const filters = { tag, author, favorited, followerId };
      const rows = page.all({ ...filters, limit, offset, viewerId: idOf(viewer) });
      return { articles: rows.map(toArticle), articlesCount: count.get(filters) };
    },

    /**
     * @param slugs in the order in which they are tried
     * @returns the id of the new article, which has the first of the slugs that was free
     */
    add: database.transaction(({ tagList, ...fields }, authorId, slugs) => {
      const row = { ...fields, authorId, slug: firstFree(slugs), now: new Date().toISOString() };
      const { lastInsertRowid } = insert.run(row);
      setTags(lastInsertRowid, tagList);
      return lastInsertRowid;
    }),

    /** Changes what is given, and the time of the last change; without `slugs` the slug stays. */
    change: database.transaction((article, { tagList, ...fields }, slugs) => {
      const { id, slug, title, description, body } = article;
      update.run({
        id,
        title,
        description,
        body,
        ...fields,
        slug: slugs === undefined ? slug : firstFree(slugs),
        now: new Date().toISOString(),
      });
      if (tagList !== undefined) setTags(id, tagList);
    }),

    remove(id) {
      remove.run(id);
    },

    favorite(userId, articleId) {
      favorite.run(userId, articleId);
    },

    unfavorite(userId, articleId) {
      unfavorite.run(userId, articleId);
    },

    tags: () => tags.all(),
  };
}

module.exports = { articleGateway };
