import { zValidator } from '@hono/zod-validator';
import { ApiError } from '../errors.js';

/** Refuses a body that is not what the schema says; the handler reads it by `c.req.valid('json')`. */
export const body = (schema) =>
  zValidator('json', schema, (result) => {
    if (result.success) return;
    const errors = {};
    for (const { path, message } of result.error.issues) {
      // ['article', 'tagList', 0] is about tagList, ['article'] about article.
      const name = String(path[1] ?? path[0] ?? 'body');
      errors[name] = [...(errors[name] ?? []), message];
    }
    throw new ApiError(422, errors);
  });

export const query = (schema) => zValidator('query', schema);
