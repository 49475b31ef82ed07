import createError from 'http-errors';

/** An error that `handleErrors` answers with, about one subject: a field, `token`, `article`, … */
export const problem = (status, subject, message) =>
  createError(status, message, { errors: { [subject]: [message] } });

export async function handleErrors(ctx, next) {
  try {
    await next();
  } catch (error) {
    const { status = 500, expose = false, errors } = error;
    if (!expose) ctx.app.emit('error', error, ctx);
    ctx.status = status;
    ctx.body = { errors: expose ? (errors ?? { request: [error.message] }) : { server: ['failed'] } };
    return;
  }
  if (ctx.status === 404 && ctx.body === undefined) {
    ctx.status = 404;
    ctx.body = { errors: { path: ['not found'] } };
  }
}
