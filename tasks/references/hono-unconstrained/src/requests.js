import { z } from 'zod';

const text = z.string('is no text').refine((value) => value.trim() !== '', "can't be blank");
const tagList = z.array(z.string('is no text'), 'is no list of texts');

export const registration = z.object({
  user: z.object({ username: text, email: text, password: text }),
});

export const login = z.object({
  user: z.object({ email: text, password: text }),
});

export const userChanges = z.object({
  user: z
    .object({
      username: text,
      email: text,
      password: text,
      bio: z.string().nullable(),
      image: z.string().nullable(),
    })
    .partial(),
});

export const newArticle = z.object({
  article: z.object({ title: text, description: text, body: text, tagList: tagList.default([]) }),
});

export const articleChanges = z.object({
  article: z.object({ title: text, description: text, body: text, tagList }).partial(),
});

export const newComment = z.object({
  comment: z.object({ body: text }),
});

/** Numbers that make no sense are taken for the default. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).default(20).catch(20),
  offset: z.coerce.number().int().min(0).default(0).catch(0),
});

export const filters = page.extend({
  tag: z.string().optional(),
  author: z.string().optional(),
  favorited: z.string().optional(),
});
