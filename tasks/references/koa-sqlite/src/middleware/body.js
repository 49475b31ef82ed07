import createError from 'http-errors';
import Joi from 'joi';
import bodyParser from 'koa-bodyparser';
import { problem } from './errors.js';

const parse = bodyParser({
  enableTypes: ['json'],
  strict: false,
  onerror: () => {
    throw problem(422, 'body', 'is not valid JSON');
  },
});

/** `true` is no text, and neither is a text of white space; texts are kept as they were given. */
export const text = Joi.string().pattern(/\S/).messages({ 'string.pattern.base': "can't be blank" });
export const textOrNull = Joi.string().allow('', null);
export const texts = Joi.array().items(Joi.string().allow(''));

/**
 * Parses the body and sets `ctx.state.fields` to those of `body[name]` that the schema names. Stands after the guards
 * of a route: only who may send a body is told what is wrong with it.
 */
export function body(name, fields) {
  const schema = Joi.object({ [name]: Joi.object(fields).required() }).required();
  const options = { abortEarly: false, convert: false, stripUnknown: true, errors: { label: false } };

  return async (ctx, next) => {
    await parse(ctx, async () => {
      const { error, value } = schema.validate(ctx.request.body, options);
      if (error) throw createError(422, { errors: messagesOf(error) });
      ctx.state.fields = value[name];
      await next();
    });
  };
}

/** By field: `['article', 'tagList', 0]` is about `tagList`, `['article']` about `article`. */
function messagesOf({ details }) {
  return Object.fromEntries(details.map(({ path, message }) => [path[1] ?? path[0] ?? 'body', [message]]));
}
