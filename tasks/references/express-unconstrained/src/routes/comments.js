import { Router } from 'express';
import { requireUser } from '../auth.js';
import { forbidden, notFound } from '../errors.js';
import { readBody } from '../validation.js';
import { showComment } from '../views.js';

/** Mounted below an article: `/articles/:slug/comments`. */
export function commentRoutes(store) {
  const router = Router({ mergeParams: true });

  const loadArticle = (req, res, next) => {
    req.article = store.findArticle(req.params.slug);
    if (!req.article) throw notFound('article');
    next();
  };

  router.get('/', loadArticle, (req, res) => {
    res.json({ comments: req.article.comments.map((comment) => showComment(comment, req.user)) });
  });

  router.post('/', requireUser, loadArticle, (req, res) => {
    const { body } = readBody(req.body, 'comment', { required: ['body'] });
    const comment = store.addComment(req.article, req.user, body);
    res.status(201).json({ comment: showComment(comment, req.user) });
  });

  router.delete('/:id', requireUser, loadArticle, (req, res) => {
    const { comments } = req.article;
    const at = comments.findIndex((comment) => String(comment.id) === req.params.id);
    if (at === -1) throw notFound('comment');
    if (comments[at].author !== req.user) throw forbidden('comment');
    comments.splice(at, 1);
    res.status(204).end();
  });

  return router;
}
