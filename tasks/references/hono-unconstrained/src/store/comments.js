export function createComments() {
  const comments = new Map();
  let lastId = 0;

  return {
    byId: (id) => comments.get(id),

    add(articleId, authorId, body) {
      lastId += 1;
      const now = new Date();
      const comment = { id: lastId, articleId, authorId, body, createdAt: now, updatedAt: now };
      comments.set(comment.id, comment);
      return comment;
    },

    remove: (id) => comments.delete(id),

    removeBelow(articleId) {
      for (const comment of comments.values()) {
        if (comment.articleId === articleId) comments.delete(comment.id);
      }
    },

    /** In the order in which they were written. */
    list: (articleId) => [...comments.values()].filter((comment) => comment.articleId === articleId),
  };
}
