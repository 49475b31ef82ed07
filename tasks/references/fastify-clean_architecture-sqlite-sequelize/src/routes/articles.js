import { articleChanges, newArticle, showsArticle, showsArticles } from './schemas.js';

/** A whole number of a query, or the default when it is none. */
function numberOf(value, fallback, least) {
  const number = Number(value ?? fallback);
  return Number.isInteger(number) && number >= least ? number : fallback;
}

const windowOf = ({ limit, offset }) => ({ limit: numberOf(limit, 20, 1), offset: numberOf(offset, 0, 0) });

export async function articleRoutes(app, { articles }) {
  app.decorateRequest('article', null);

  app.get('/', { schema: { response: showsArticles } }, async ({ query, viewer }) =>
    articles.list(query, windowOf(query), viewer),
  );

  app.get(
    '/feed',
    { onRequest: app.requireUser, schema: { response: showsArticles } },
    async ({ query, viewer }) => articles.feed(windowOf(query), viewer),
  );

  app.post(
    '/',
    { onRequest: app.requireUser, schema: { body: newArticle, response: showsArticle } },
    async ({ body, viewer }, reply) => {
      reply.code(201);
      return { article: await articles.write(viewer, body.article) };
    },
  );

  app.get('/:slug', { schema: { response: showsArticle } }, async ({ params, viewer }) => ({
    article: await articles.view(params.slug, viewer),
  }));

  // Whose article it is comes before what is wrong with the change, so it is asked before the body is parsed.
  const requireOwn = async (request) => {
    request.article = await articles.requireOwn(request.params.slug, request.viewer);
  };

  app.put(
    '/:slug',
    { onRequest: [app.requireUser, requireOwn], schema: { body: articleChanges, response: showsArticle } },
    async ({ article, body, viewer }) => ({ article: await articles.change(article, body.article, viewer) }),
  );

  app.delete('/:slug', { onRequest: app.requireUser }, async ({ params, viewer }, reply) => {
    await articles.remove(params.slug, viewer);
    return reply.code(204).send();
  });

  app.post(
    '/:slug/favorite',
    { onRequest: app.requireUser, schema: { response: showsArticle } },
    async ({ params, viewer }) => ({ article: await articles.favorite(params.slug, viewer) }),
  );

  app.delete(
    '/:slug/favorite',
    { onRequest: app.requireUser, schema: { response: showsArticle } },
    async ({ params, viewer }) => ({ article: await articles.unfavorite(params.slug, viewer) }),
  );
}
