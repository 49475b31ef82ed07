'use strict';

/** Sets `ctx.state.article` to the one that the path names. */
const loadArticle = (conduit) => (ctx, next) => {
  ctx.state.article = conduit.article(ctx.params.slug);
  ctx.assert(ctx.state.article, 404, { errors: { article: ['not found'] } });
  return next();
};

module.exports = { loadArticle };
