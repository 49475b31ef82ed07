'use strict';

const select = `
  SELECT c.*, u.username, u.bio, u.image,
    EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = c.author_id AND w.follower_id = @viewer) AS following
  FROM comments c JOIN users u ON u.id = c.author_id`;

/** Comments are never changed: the last change is their creation. */
const toComment = (row) =>
  row && {
    authorId: row.author_id,
    view: {
      id: row.id,
      body: row.body,
      createdAt: row.created_at,
      updatedAt: row.created_at,
      author: { username: row.username, bio: row.bio, image: row.image, following: row.following === 1 },
    },
  };

function createComments(database) {
  const byArticle = database.prepare(`${select} WHERE c.article_id = @article ORDER BY c.id`);
  const byId = database.prepare(`${select} WHERE c.article_id = @article AND c.id = @id`);
  const insert = database.prepare(
    `INSERT INTO comments (article_id, author_id, body, created_at)
     SELECT id, @author, @body, @now FROM articles WHERE id = @article RETURNING id`,
  );
  const remove = database.prepare('DELETE FROM comments WHERE id = ?');

  const find = (article, id, viewer) =>
    toComment(byId.get({ article: article.id, id, viewer: viewer?.id ?? null }));

  return {
    find,
    list: (article, viewer) =>
      byArticle.all({ article: article.id, viewer: viewer?.id ?? null }).map((row) => toComment(row).view),
    /** Undefined when somebody has deleted the article since it was found. */
    add(article, author, body) {
      const added = insert.get({
        article: article.id,
        author: author.id,
        body,
        now: new Date().toISOString(),
      });
      return added && find(article, added.id, author);
    },
    remove: (comment) => remove.run(comment.view.id),
  };
}

module.exports = { createComments };
