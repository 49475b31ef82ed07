'use strict';

const { Router } = require('express');
const { requireUser } = require('../auth');
const { forbidden, notFound } = require('../errors');
const { readBody, readNumber } = require('../validation');

function articleRoutes(articles) {
  const router = Router();

  const loadArticle = (req, res, next) => {
    req.article = articles.find(req.params.slug, req.user);
    next(req.article ? undefined : notFound('article'));
  };
  const requireAuthor = (req, res, next) => {
    next(req.article.authorId === req.user.id ? undefined : forbidden('article'));
  };
  const readPage = ({ limit, offset }) => ({ limit: readNumber(limit, 20, 1), offset: readNumber(offset, 0, 0) });
  const answer = (req, res, slug) => {
    res.json({ article: articles.find(slug, req.user).view });
  };

  router.get('/', (req, res) => {
    const { author, tag, favorited } = req.query;
    res.json(articles.list({ author, tag, favorited, ...readPage(req.query) }, req.user));
  });

  router.get('/feed', requireUser, (req, res) => {
    res.json(articles.list({ follower: req.user.id, ...readPage(req.query) }, req.user));
  });

  router.post('/', requireUser, (req, res) => {
    const fields = readBody(req.body, 'article', { required: ['title', 'description', 'body'], lists: ['tagList'] });
    res.status(201);
    answer(req, res, articles.add(req.user, fields));
  });

  router.get('/:slug', loadArticle, (req, res) => {
    res.json({ article: req.article.view });
  });

  router.put('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {
    const changes = readBody(req.body, 'article', { optional: ['title', 'description', 'body'], lists: ['tagList'] });
    answer(req, res, articles.update(req.article, changes));
  });

  router.delete('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {
    articles.remove(req.article);
    res.status(204).end();
  });

  router.post('/:slug/favorite', requireUser, loadArticle, (req, res) => {
    articles.favorite(req.user, req.article);
    answer(req, res, req.params.slug);
  });

  router.delete('/:slug/favorite', requireUser, loadArticle, (req, res) => {
    articles.unfavorite(req.user, req.article);
    answer(req, res, req.params.slug);
  });

  return router;
}

module.exports = { articleRoutes };
