'use strict';

const { Router } = require('express');
const { requireUser } = require('../auth');
const { forbidden, notFound } = require('../errors');
const { readBody } = require('../validation');

/** Mounted below an article: `/articles/:slug/comments`. */
function commentRoutes(articles, comments) {
  const router = Router({ mergeParams: true });

  const loadArticle = (req, res, next) => {
    req.article = articles.find(req.params.slug, req.user);
    next(req.article ? undefined : notFound('article'));
  };

  router.get('/', loadArticle, (req, res) => {
    res.json({ comments: comments.list(req.article, req.user).map((comment) => comment.view) });
  });

  router.post('/', requireUser, loadArticle, (req, res) => {
    const { body } = readBody(req.body, 'comment', { required: ['body'] });
    res.status(201).json({ comment: comments.add(req.article, req.user, body).view });
  });

  router.delete('/:id', requireUser, loadArticle, (req, res) => {
    const comment = comments.find(req.article, Number(req.params.id), req.user);
    if (comment === undefined) throw notFound('comment');
    if (comment.authorId !== req.user.id) throw forbidden('comment');
    comments.remove(comment);
    res.status(204).end();
  });

  return router;
}

module.exports = { commentRoutes };
