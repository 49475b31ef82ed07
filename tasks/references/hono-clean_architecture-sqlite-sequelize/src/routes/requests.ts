import { zValidator } from '@hono/zod-validator';
import { z } from 'zod';
import { Refusal } from '../services/refusal.js';

const text = z.string('is no text').regex(/\S/, "can't be blank");
const textOrNull = z.string().nullable();
const tagList = z.array(z.string(), 'is no list of texts');

export const registration = z.object({ user: z.object({ username: text, email: text, password: text }) });
export const login = z.object({ user: z.object({ email: text, password: text }) });
export const userChanges = z.object({
  user: z
    .object({ username: text, email: text, password: text, bio: textOrNull, image: textOrNull })
    .partial(),
});
export const newArticle = z.object({
  article: z.object({ title: text, description: text, body: text, tagList: tagList.default([]) }),
});
export const articleChanges = z.object({
  article: z.object({ title: text, description: text, body: text, tagList }).partial(),
});
export const newComment = z.object({ comment: z.object({ body: text }) });

const page = {
  limit: z.coerce.number().int().min(1).default(20).catch(20),
  offset: z.coerce.number().int().min(0).default(0).catch(0),
};
const filter = z.string().optional();

export const feedQuery = zValidator('query', z.object(page));
export const listQuery = zValidator(
  'query',
  z.object({ ...page, tag: filter, author: filter, favorited: filter }),
);

/** Refuses a body that is not what the schema says; the handler has it as `c.req.valid('json')`. */
export const body = <Schema extends z.ZodObject>(schema: Schema) =>
  zValidator('json', schema, (result) => {
    if (result.success) return;
    const { message, path } = result.error.issues[0] ?? { message: 'is not valid', path: [] };
    // ['article', 'tagList', 0] is about tagList, ['article'] about article.
    throw new Refusal('invalid', String(path[1] ?? path[0] ?? 'body'), message);
  });
