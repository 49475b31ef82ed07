import { Router } from 'express';
import { requireUser } from '../auth.js';
import { forbidden, notFound } from '../errors.js';
import { readBody, readNumber } from '../validation.js';
import { showArticle, showListItem } from '../views.js';

export function articleRoutes(store) {
  const router = Router();

  const loadArticle = (req, res, next) => {
    req.article = store.findArticle(req.params.slug);
    if (!req.article) throw notFound('article');
    next();
  };
  const requireAuthor = (req, res, next) => {
    if (req.article.author !== req.user) throw forbidden('article');
    next();
  };
  const answer = (req, res) => {
    res.json(showArticle(req.article, req.user));
  };
  const answerList = (req, res, articles) => {
    const limit = readNumber(req.query.limit, 20, 1);
    const offset = readNumber(req.query.offset, 0, 0);
    res.json({
      articles: articles.slice(offset, offset + limit).map((article) => showListItem(article, req.user)),
      articlesCount: articles.length,
    });
  };

  router.get('/', (req, res) => {
    const { tag, author, favorited } = req.query;
    const fan = favorited === undefined ? undefined : store.findUser('username', favorited);
    const articles = store.articles(
      (article) =>
        (tag === undefined || article.tagList.includes(tag)) &&
        (author === undefined || article.author.username === author) &&
        (favorited === undefined || article.favoritedBy.has(fan?.id)),
    );
    answerList(req, res, articles);
  });

  router.get('/feed', requireUser, (req, res) => {
    answerList(
      req,
      res,
      store.articles((article) => article.author.followers.has(req.user.id)),
    );
  });

  router.post('/', requireUser, (req, res) => {
    const fields = readBody(req.body, 'article', { required: ['title', 'description', 'body'], lists: ['tagList'] });
    res.status(201).json(showArticle(store.addArticle(req.user, fields), req.user));
  });

  router.get('/:slug', loadArticle, answer);

  router.put('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {
    const changes = readBody(req.body, 'article', { optional: ['title', 'description', 'body'], lists: ['tagList'] });
    store.updateArticle(req.article, changes);
    answer(req, res);
  });

  router.delete('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {
    store.deleteArticle(req.article);
    res.status(204).end();
  });

  router.post('/:slug/favorite', requireUser, loadArticle, (req, res) => {
    req.article.favoritedBy.add(req.user.id);
    answer(req, res);
  });

  router.delete('/:slug/favorite', requireUser, loadArticle, (req, res) => {
    req.article.favoritedBy.delete(req.user.id);
    answer(req, res);
  });

  return router;
}
