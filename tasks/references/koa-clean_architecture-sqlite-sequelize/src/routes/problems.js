import { Problem } from '../services/problem.js';

const statuses = { unknown: 401, forbidden: 403, missing: 404, invalid: 422 };

/** Stands outermost: what the middleware below throws becomes an answer. */
export async function answerProblems(ctx, next) {
  const answer = (status, subject, message) => {
    ctx.status = status;
    ctx.body = { errors: { [subject]: [message] } };
  };
  try {
    await next();
    if (ctx.status === 404 && !ctx.body) answer(404, 'path', 'not found');
  } catch (error) {
    if (error instanceof Problem) {
      answer(statuses[error.kind], error.subject, error.message);
    } else if (error.expose) {
      answer(error.status, 'request', error.message);
    } else {
      ctx.app.emit('error', error, ctx);
      answer(500, 'server', 'failed');
    }
  }
}
