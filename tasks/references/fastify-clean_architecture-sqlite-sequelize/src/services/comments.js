import { Forbidden, NotFound } from './errors.js';

export function createCommentService({ articles, comments, profiles }) {
  async function requireArticle(slug) {
    const article = await articles.bySlug(slug);
    if (!article) throw new NotFound('article');
    return article;
  }

  return {
    requireArticle,

    async list(slug, viewer) {
      const article = await requireArticle(slug);
      return profiles.withProfiles(await comments.list(article.id), viewer);
    },

    /** @param article what `requireArticle` has given */
    async write(article, author, body) {
      const comment = await comments.add({ articleId: article.id, authorId: author.id, body });
      const [shown] = await profiles.withProfiles([comment], author);
      return shown;
    },

    async remove(slug, id, user) {
      const article = await requireArticle(slug);
      const comment = await comments.find(article.id, id);
      if (!comment) throw new NotFound('comment');
      if (comment.author.id !== user.id) throw new Forbidden('comment');
      await comments.remove(id);
    },
  };
}
