import { forbidden, notFound } from '../plugins/errors.js';

/**
 * Adds `request.article`, and the hooks that set it and guard it. They run on `onRequest`, before the body is parsed
 * and validated: who may not change an article is not told what is wrong with the change.
 */
export function articleHooks(app) {
  app.decorateRequest('article', null);

  return {
    findArticle: async (request) => {
      request.article = app.articles.bySlug(request.params.slug);
      if (!request.article) throw notFound('article');
    },
    requireAuthor: async ({ article, user }) => {
      if (article.author !== user) throw forbidden('article');
    },
  };
}
