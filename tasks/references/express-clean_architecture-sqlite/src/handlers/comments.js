'use strict';

const { Router } = require('express');
const { requireUser } = require('./authentication');
const { body } = require('./body');
const { showComment } = require('./show');

/** Mounted below an article: `/articles/:slug/comments`. */
function commentRouter(articles, comments) {
  const router = Router({ mergeParams: true });

  const findArticle = (req, res, next) => {
    req.article = articles.find(req.params.slug, req.user);
    next();
  };

  router.get('/', findArticle, (req, res) => {
    res.json({ comments: comments.list(req.article, req.user).map(showComment) });
  });

  router.post('/', requireUser, findArticle, body('newComment'), (req, res) => {
    const comment = comments.write(req.article, req.user, req.body.comment.body);
    res.status(201).json({ comment: showComment(comment) });
  });

  router.delete('/:id', requireUser, findArticle, (req, res) => {
    comments.remove(req.article, Number(req.params.id), req.user);
    res.status(204).end();
  });

  return router;
}

module.exports = { commentRouter };
