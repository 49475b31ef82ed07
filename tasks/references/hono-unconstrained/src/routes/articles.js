import { Hono } from 'hono';
import { notFound } from '../errors.js';
import { body, query } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { loadArticle, requireAuthor } from '../middleware/resources.js';
import { articleChanges, filters, newArticle, page } from '../requests.js';
import { createViews } from '../views.js';

export function articles(store) {
  const views = createViews(store);
  const load = loadArticle(store);

  const answer = (c, article, status = 200) =>
    c.json({ article: views.article(article, c.var.user) }, status);
  const answerPage = (c, found, { limit, offset }) =>
    c.json({
      articles: found
        .slice(offset, offset + limit)
        .map((article) => views.listedArticle(article, c.var.user)),
      articlesCount: found.length,
    });

  return new Hono()
    .get('/', query(filters), (c) => {
      const { tag, author, favorited, ...window } = c.req.valid('query');
      const authorId = store.users.byUsername(author)?.id;
      const fanId = store.users.byUsername(favorited)?.id;
      const found = store.articles.list(
        (article) =>
          (tag === undefined || article.tagList.includes(tag)) &&
          (author === undefined || article.authorId === authorId) &&
          (favorited === undefined || store.favorites.has(article.id, fanId)),
      );
      return answerPage(c, found, window);
    })
    .get('/feed', requireUser, query(page), (c) => {
      const followed = store.follows.of(c.var.user.id);
      const found = store.articles.list(({ authorId }) => followed.has(authorId));
      return answerPage(c, found, c.req.valid('query'));
    })
    .post('/', requireUser, body(newArticle), (c) =>
      answer(c, store.articles.add(c.var.user.id, c.req.valid('json').article), 201),
    )
    .get('/:slug', load, (c) => answer(c, c.var.article))
    .put('/:slug', requireUser, load, requireAuthor, body(articleChanges), (c) => {
      const article = store.articles.change(c.var.article.id, c.req.valid('json').article);
      if (!article) throw notFound('article');
      return answer(c, article);
    })
    .delete('/:slug', requireUser, load, requireAuthor, (c) => {
      store.articles.remove(c.var.article.id);
      store.comments.removeBelow(c.var.article.id);
      return c.body(null, 204);
    })
    .post('/:slug/favorite', requireUser, load, (c) => {
      store.favorites.add(c.var.article.id, c.var.user.id);
      return answer(c, c.var.article);
    })
    .delete('/:slug/favorite', requireUser, load, (c) => {
      store.favorites.remove(c.var.article.id, c.var.user.id);
      return answer(c, c.var.article);
    });
}
