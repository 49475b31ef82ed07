'use strict';

const Router = require('@koa/router');
const { requireUser } = require('../middleware/auth');
const { body, text } = require('../middleware/body');
const { loadArticle } = require('./load-article');

function commentRouter(conduit) {
  const router = new Router({ prefix: '/articles/:slug/comments' });
  const load = loadArticle(conduit);

  router.get('/', load, (ctx) => {
    const { article, user } = ctx.state;
    ctx.body = { comments: article.comments.map((comment) => comment.viewFor(user)) };
  });

  router.post('/', requireUser, load, body('comment', { body: text }), (ctx) => {
    const { article, fields, user } = ctx.state;
    ctx.status = 201;
    ctx.body = { comment: conduit.addComment(article, user, fields.body).viewFor(user) };
  });

  router.delete('/:id', requireUser, load, (ctx) => {
    const { article, user } = ctx.state;
    const comment = article.comments.find(({ id }) => String(id) === ctx.params.id);
    ctx.assert(comment, 404, { errors: { comment: ['not found'] } });
    ctx.assert(comment.author === user, 403, { errors: { comment: ['belongs to somebody else'] } });
    article.comments = article.comments.filter((other) => other !== comment);
    ctx.status = 204;
  });

  return router;
}

module.exports = { commentRouter };
