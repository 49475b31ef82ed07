'use strict';

/** Answers with what the middleware below throws; `ctx.throw(404, { errors })` says it in the API's own words. */
async function answerErrors(ctx, next) {
  try {
    await next();
    if (ctx.status === 404 && ctx.body === undefined) ctx.throw(404, { errors: { path: ['not found'] } });
  } catch (error) {
    if (!error.expose) {
      ctx.app.emit('error', error, ctx);
      ctx.status = 500;
      ctx.body = { errors: { server: ['failed'] } };
      return;
    }
    ctx.status = error.status;
    ctx.body = { errors: error.errors ?? { request: [error.message] } };
  }
}

module.exports = { answerErrors };
