'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');
const { body } = require('./body');
const { readFilters, readPage } = require('./query');
const { showArticle, showItem } = require('./show');

const showPage = ({ articles, articlesCount }) => ({ articles: articles.map(showItem), articlesCount });

function articleRouter(articles) {
  const router = Router();

  const find = (req, res, next) => {
    req.article = articles.find(req.params.slug, req.user);
    next();
  };
  const findOwn = (req, res, next) => {
    req.article = articles.findOwn(req.params.slug, req.user);
    next();
  };

  router.get('/', (req, res) => {
    res.json(showPage(articles.list(readFilters(req.query), readPage(req.query), req.user)));
  });

  router.get('/feed', requireUser, (req, res) => {
    res.json(showPage(articles.feed(readPage(req.query), req.user)));
  });

  router.post('/', requireUser, body('newArticle'), (req, res) => {
    res.status(201).json({ article: showArticle(articles.publish(req.body.article, req.user)) });
  });

  router.get('/:slug', find, (req, res) => {
    res.json({ article: showArticle(req.article) });
  });

  router.put('/:slug', requireUser, findOwn, body('articleChanges'), (req, res) => {
    res.json({ article: showArticle(articles.change(req.article, req.body.article, req.user)) });
  });

  router.delete('/:slug', requireUser, findOwn, (req, res) => {
    articles.remove(req.article);
    res.status(204).end();
  });

  router.post('/:slug/favorite', requireUser, find, (req, res) => {
    res.json({ article: showArticle(articles.favorite(req.article, req.user)) });
  });

  router.delete('/:slug/favorite', requireUser, find, (req, res) => {
    res.json({ article: showArticle(articles.unfavorite(req.article, req.user)) });
  });

  return router;
}

module.exports = { articleRouter };
