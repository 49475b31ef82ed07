'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');
const { body } = require('./body');
const { readPage } = require('./page');

function articleRouter(articles) {
  const router = Router();

  const find = async (req, res, next) => {
    req.article = await articles.find(req.params.slug);
    next();
  };
  const findOwn = async (req, res, next) => {
    req.article = await articles.findOwn(req.params.slug, req.user);
    next();
  };

  router.get('/', async (req, res) => {
    const { tag, author, favorited } = req.query;
    res.json(await articles.list({ tag, author, favorited }, readPage(req.query), req.user));
  });

  router.get('/feed', requireUser, async (req, res) => {
    res.json(await articles.feed(readPage(req.query), req.user));
  });

  router.post('/', requireUser, body('newArticle'), async (req, res) => {
    res.status(201).json({ article: await articles.publish(req.body.article, req.user) });
  });

  router.get('/:slug', find, async (req, res) => {
    res.json({ article: await articles.show(req.article, req.user) });
  });

  router.put('/:slug', requireUser, findOwn, body('articleChanges'), async (req, res) => {
    res.json({ article: await articles.change(req.article, req.body.article, req.user) });
  });

  router.delete('/:slug', requireUser, findOwn, async (req, res) => {
    await articles.remove(req.article);
    res.status(204).end();
  });

  router.post('/:slug/favorite', requireUser, find, async (req, res) => {
    res.json({ article: await articles.favorite(req.article, req.user) });
  });

  router.delete('/:slug/favorite', requireUser, find, async (req, res) => {
    res.json({ article: await articles.unfavorite(req.article, req.user) });
  });

  return router;
}

module.exports = { articleRouter };
