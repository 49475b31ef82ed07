'use strict';

const selectComment = `
  SELECT c.id, c.body, c.author_id AS authorId, c.created_at AS createdAt, c.updated_at AS updatedAt,
    u.username, u.bio, u.image,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = c.author_id AND w.follower_id = @viewer) AS following
  FROM comments c JOIN users u ON u.id = c.author_id`;

function commentQueries(database) {
  const byId = database.prepare(`${selectComment} WHERE c.id = @id AND c.article_id = @articleId`);
  const byArticle = database.prepare(`${selectComment} WHERE c.article_id = @articleId ORDER BY c.id`);
  const insert = database.prepare(
    `INSERT INTO comments (article_id, author_id, body, created_at, updated_at)
     VALUES (@articleId, @authorId, @body, @now, @now)`,
  );
  const remove = database.prepare('DELETE FROM comments WHERE id = ?');

  const find = (article, id, viewer) =>
    toComment(byId.get({ id, articleId: article.id, viewer: viewer?.id ?? null }));

  return {
    find,
    list: (article, viewer) => byArticle.all({ articleId: article.id, viewer: viewer?.id ?? null }).map(toComment),
    add(article, author, body) {
      const row = { articleId: article.id, authorId: author.id, body, now: new Date().toISOString() };
      return find(article, insert.run(row).lastInsertRowid, author);
    },
    remove: (comment) => remove.run(comment.view.id),
  };
}

function toComment(row) {
  if (row === undefined) return undefined;
  const { authorId, username, bio, image, following, ...view } = row;
  return { authorId, view: { ...view, author: { username, bio, image, following: following === 1 } } };
}

module.exports = { commentQueries };
