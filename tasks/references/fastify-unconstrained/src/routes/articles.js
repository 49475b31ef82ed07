import { articleChanges, filters, newArticle, page, showsArticle, showsArticles } from '../schemas.js';
import { articleView } from '../views.js';
import { articleHooks } from './article-hooks.js';

export async function articleRoutes(app) {
  const { articles, users } = app;
  const { findArticle, requireAuthor } = articleHooks(app);

  const answer = ({ article, user }) => ({ article: articleView(article, user) });
  const answerPage = (found, viewer) => ({
    ...found,
    articles: found.articles.map((article) => articleView(article, viewer)),
  });

  app.get(
    '/',
    { schema: { querystring: filters, response: { 200: showsArticles } } },
    async ({ query: { tag, author, favorited, ...window }, user }) => {
      const fan = users.byUsername(favorited);
      const accepts = (article) =>
        (tag === undefined || article.tagList.includes(tag)) &&
        (author === undefined || article.author.username === author) &&
        (favorited === undefined || article.fans.has(fan?.id));
      return answerPage(articles.page(accepts, window), user);
    },
  );

  app.get(
    '/feed',
    { onRequest: app.authenticate, schema: { querystring: page, response: { 200: showsArticles } } },
    async ({ query, user }) => {
      const found = articles.page(({ author }) => user.follows.has(author.id), query);
      return answerPage(found, user);
    },
  );

  app.post(
    '/',
    { onRequest: app.authenticate, schema: { body: newArticle, response: { 201: showsArticle } } },
    async ({ body, user }, reply) => {
      reply.code(201);
      return answer({ article: articles.add(user, body.article), user });
    },
  );

  app.get(
    '/:slug',
    { onRequest: findArticle, schema: { response: { 200: showsArticle } } },
    async (request) => answer(request),
  );

  app.put(
    '/:slug',
    {
      onRequest: [app.authenticate, findArticle, requireAuthor],
      schema: { body: articleChanges, response: { 200: showsArticle } },
    },
    async (request) => {
      articles.update(request.article, request.body.article);
      return answer(request);
    },
  );

  app.delete(
    '/:slug',
    { onRequest: [app.authenticate, findArticle, requireAuthor] },
    async (request, reply) => {
      articles.remove(request.article);
      return reply.code(204).send();
    },
  );

  const favorite = {
    onRequest: [app.authenticate, findArticle],
    schema: { response: { 200: showsArticle } },
  };

  app.post('/:slug/favorite', favorite, async (request) => {
    request.article.fans.add(request.user.id);
    return answer(request);
  });

  app.delete('/:slug/favorite', favorite, async (request) => {
    request.article.fans.delete(request.user.id);
    return answer(request);
  });
}
