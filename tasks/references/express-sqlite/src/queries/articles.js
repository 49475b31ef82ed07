'use strict';

const slugify = (title) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'article';

/** An article with its author, as `@viewer` (an id, or null) sees it. */
const selectArticle = `
  SELECT a.id, a.slug, a.title, a.description, a.body, a.author_id AS authorId,
    a.created_at AS createdAt, a.updated_at AS updatedAt,
    u.username, u.bio, u.image,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM article_tags WHERE article_id = a.id ORDER BY position)) AS tags,
    (SELECT count(*) FROM favorites f WHERE f.article_id = a.id) AS favoritesCount,
    EXISTS (SELECT 1 FROM favorites f WHERE f.article_id = a.id AND f.user_id = @viewer) AS favorited,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = a.author_id AND w.follower_id = @viewer) AS following
  FROM articles a JOIN users u ON u.id = a.author_id`;

/** Each parameter that is null asks for nothing. */
const listCondition = `
  WHERE (@author IS NULL OR a.author_id = (SELECT id FROM users WHERE username = @author))
    AND (@tag IS NULL OR a.id IN (SELECT article_id FROM article_tags WHERE tag = @tag))
    AND (@favorited IS NULL OR a.id IN (
      SELECT article_id FROM favorites JOIN users ON users.id = user_id WHERE username = @favorited))
    AND (@follower IS NULL OR a.author_id IN (SELECT followed_id FROM follows WHERE follower_id = @follower))`;

function articleQueries(database) {
  const bySlug = database.prepare(`${selectArticle} WHERE a.slug = @slug`);
  const list = database.prepare(
    `${selectArticle} ${listCondition} ORDER BY a.created_at DESC, a.id DESC LIMIT @limit OFFSET @offset`,
  );
  const count = database.prepare(`SELECT count(*) FROM articles a ${listCondition}`).pluck();
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

  /** `/articles/feed` is the feed, so that no article may have this slug. */
  function freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || hasSlug.get(slug) !== undefined; n += 1) slug = `${base}-${n}`;
    return slug;
  }

  function setTags(articleId, tagList) {
    clearTags.run(articleId);
    tagList.forEach((tag, position) => addTag.run(articleId, tag, position));
  }

  return {
    find: (slug, viewer) => toArticle(bySlug.get({ slug, viewer: viewer?.id ?? null })),

    /** One page, and how many there are in all. */
    list({ author = null, tag = null, favorited = null, follower = null, limit, offset }, viewer) {
      const filters = { author, tag, favorited, follower };
      const rows = list.all({ ...filters, limit, offset, viewer: viewer?.id ?? null });
      return { articles: rows.map(toArticle).map(withoutBody), articlesCount: count.get(filters) };
    },

    /** @returns the slug of the new article */
    add: database.transaction((author, { tagList = [], ...fields }) => {
      const slug = freeSlug(fields.title);
      const { lastInsertRowid } = insert.run({ ...fields, slug, authorId: author.id, now: new Date().toISOString() });
      setTags(lastInsertRowid, tagList);
      return slug;
    }),

    /** @returns the slug that the article has from now on */
    update: database.transaction((article, { tagList, ...changes }) => {
      const { title } = changes;
      const slug = title === undefined || title === article.view.title ? article.view.slug : freeSlug(title);
      update.run({ ...article.view, ...changes, slug, id: article.id, now: new Date().toISOString() });
      if (tagList !== undefined) setTags(article.id, tagList);
      return slug;
    }),

    remove: (article) => remove.run(article.id),
    favorite: (user, article) => favorite.run(user.id, article.id),
    unfavorite: (user, article) => unfavorite.run(user.id, article.id),
    tags: () => tags.all(),
  };
}

/** A row as the routes use it: whose it is, and what the API shows. */
function toArticle(row) {
  if (row === undefined) return undefined;
  const { id, authorId, username, bio, image, tags, favorited, following, ...view } = row;
  return {
    id,
    authorId,
    view: {
      ...view,
      tagList: JSON.parse(tags),
      favorited: favorited === 1,
      author: { username, bio, image, following: following === 1 },
    },
  };
}

function withoutBody({ view }) {
  const { body, ...item } = view;
  return item;
}

module.exports = { articleQueries };
