import { factory } from '../env.js';
import { notFound } from '../errors.js';
import { body, optional, text, texts } from '../middleware/body.js';
import { requireUser } from '../middleware/caller.js';
import { loadArticle, requireAuthor } from '../middleware/resources.js';

/** A whole number of the query, or the default when it is none. */
function wholeNumber(value: string | undefined, fallback: number, least: number): number {
  const number = Number(value ?? fallback);
  return Number.isInteger(number) && number >= least ? number : fallback;
}

const pageOf = ({ limit, offset }: Record<string, string>) => ({
  limit: wholeNumber(limit, 20, 1),
  offset: wholeNumber(offset, 0, 0),
});

export const articles = factory
  .createApp()
  .get('/', (c) => {
    const { tag, author, favorited, ...rest } = c.req.query();
    return c.json(c.var.db.articles.page({ tag, author, favorited }, pageOf(rest), c.var.user));
  })
  .get('/feed', requireUser, (c) => {
    const { db, user } = c.var;
    return c.json(db.articles.page({ follower: user.id }, pageOf(c.req.query()), user));
  })
  .post(
    '/',
    requireUser,
    body('article', { title: text, description: text, body: text, tagList: optional(texts) }),
    (c) => c.json({ article: c.var.db.articles.add(c.var.user, c.req.valid('json')).view }, 201),
  )
  .get('/:slug', loadArticle, (c) => c.json({ article: c.var.article.view }))
  .put(
    '/:slug',
    requireUser,
    loadArticle,
    requireAuthor,
    body('article', {
      title: optional(text),
      description: optional(text),
      body: optional(text),
      tagList: optional(texts),
    }),
    (c) => {
      const { db, user } = c.var;
      const article = db.articles.change(c.var.article, c.req.valid('json'), user);
      if (article === undefined) throw notFound('article');
      return c.json({ article: article.view });
    },
  )
  .delete('/:slug', requireUser, loadArticle, requireAuthor, (c) => {
    c.var.db.articles.remove(c.var.article);
    return c.body(null, 204);
  })
  .post('/:slug/favorite', requireUser, loadArticle, (c) => {
    const { article, db, user } = c.var;
    return c.json({ article: db.articles.favorite(article, user).view });
  })
  .delete('/:slug/favorite', requireUser, loadArticle, (c) => {
    const { article, db, user } = c.var;
    return c.json({ article: db.articles.unfavorite(article, user).view });
  });
