import { bodyParser } from '@koa/bodyparser';
import { array, nullable, optional, pattern, string, StructError, type } from 'superstruct';
import { Problem } from '../services/problem.js';

const text = pattern(string(), /\S/);
const textOrNull = nullable(string());
const texts = array(string());

const registration = { username: text, email: text, password: text };
const article = { title: text, description: text, body: text, tagList: optional(texts) };
const allOptional = (fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)]));

/** The fields that bodies may have, and what they have to be. */
export const shapes = {
  registration,
  login: { email: text, password: text },
  userChanges: allOptional({ ...registration, bio: textOrNull, image: textOrNull }),
  newArticle: article,
  articleChanges: allOptional(article),
  newComment: { body: text },
};

const parse = bodyParser({
  enableTypes: ['json'],
  jsonStrict: false,
  onError: (error) => {
    throw new Problem('invalid', 'body', error.message);
  },
});

/**
 * Parses the body and sets `ctx.state.fields` to what the shape names of `body[name]`. Stands last on a route: who may
 * not send a body is told that first.
 */
export function body(name, shape) {
  const struct = type({ [name]: type(shape) });

  return (ctx, next) =>
    parse(ctx, () => {
      const [error, given] = struct.validate(ctx.request.body ?? {});
      if (error instanceof StructError) {
        const [wrapper, field] = error.path;
        throw new Problem('invalid', field ?? wrapper ?? 'body', error.message);
      }
      const named = Object.entries(given[name]).filter(([field]) => Object.hasOwn(shape, field));
      ctx.state.fields = Object.fromEntries(named);
      return next();
    });
}
