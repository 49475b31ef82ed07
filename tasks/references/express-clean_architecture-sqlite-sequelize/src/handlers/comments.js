'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');
const { body } = require('./body');

/** Mounted below an article: `/articles/:slug/comments`. */
function commentRouter(articles, comments) {
  const router = Router({ mergeParams: true });

  const findArticle = async (req, res, next) => {
    req.article = await articles.find(req.params.slug);
    next();
  };

  router.get('/', findArticle, async (req, res) => {
    res.json({ comments: await comments.list(req.article, req.user) });
  });

  router.post('/', requireUser, findArticle, body('newComment'), async (req, res) => {
    res.status(201).json({ comment: await comments.write(req.article, req.user, req.body.comment.body) });
  });

  router.delete('/:id', requireUser, findArticle, async (req, res) => {
    await comments.remove(req.article, Number(req.params.id), req.user);
    res.status(204).end();
  });

  return router;
}

module.exports = { commentRouter };
