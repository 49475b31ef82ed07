'use strict';

const { Comment } = require('../entities/comment');
const { Profile } = require('../entities/profile');

/** Comments with their authors, as `@viewerId` (null for a stranger) sees them. */
const selectComment = `
  SELECT c.id, c.body, c.created_at AS createdAt, c.updated_at AS updatedAt,
    u.id AS authorId, u.username, u.bio, u.image,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = c.author_id AND w.follower_id = @viewerId) AS following
  FROM comments c JOIN users u ON u.id = c.author_id`;

function toComment(row) {
  if (row === undefined) return undefined;
  const { authorId, username, bio, image, following, ...fields } = row;
  const author = new Profile({ id: authorId, username, bio, image, following: following === 1 });
  return new Comment({ ...fields, author });
}

function commentGateway(database) {
  const byId = database.prepare(`${selectComment} WHERE c.id = @id AND c.article_id = @articleId`);
  const byArticle = database.prepare(`${selectComment} WHERE c.article_id = @articleId ORDER BY c.id`);
  const insert = database.prepare(
    `INSERT INTO comments (article_id, author_id, body, created_at, updated_at)
     VALUES (@articleId, @authorId, @body, @now, @now)`,
  );
  const remove = database.prepare('DELETE FROM comments WHERE id = ?');

  const find = (articleId, id, viewer) => toComment(byId.get({ articleId, id, viewerId: viewer?.id ?? null }));

  return {
    find,

    /** All of an article, in the order in which they were written. */
    list: (articleId, viewer) => byArticle.all({ articleId, viewerId: viewer?.id ?? null }).map(toComment),

    /** @returns the new comment, as its author sees it */
    add(articleId, author, body) {
      const row = { articleId, authorId: author.id, body, now: new Date().toISOString() };
      return find(articleId, insert.run(row).lastInsertRowid, author);
    },

    remove(id) {
      remove.run(id);
    },
  };
}

module.exports = { commentGateway };
