'use strict';

const { z } = require('zod');
const { NotValid } = require('../usecases/refusals');

const text = z.string().regex(/\S/, "can't be blank");
const textOrNull = z.string().nullable();
const tagList = z.array(z.string());

const shapes = {
  registration: z.object({ user: z.object({ username: text, email: text, password: text }) }),
  login: z.object({ user: z.object({ email: text, password: text }) }),
  userChanges: z.object({
    user: z
      .object({ username: text, email: text, password: text, bio: textOrNull, image: textOrNull })
      .partial(),
  }),
  newArticle: z.object({
    article: z.object({ title: text, description: text, body: text, tagList: tagList.default([]) }),
  }),
  articleChanges: z.object({
    article: z.object({ title: text, description: text, body: text, tagList }).partial(),
  }),
  newComment: z.object({ comment: z.object({ body: text }) }),
};

/**
 * Middleware that checks the body, after whatever stands before it on a route: who may not send one is told that, and
 * not what is wrong with it. `req.body` then has the fields of the shape and no others.
 */
const body = (shape) => (req, res, next) => {
  const { data, error } = shapes[shape].safeParse(req.body);
  if (error) {
    const [{ message, path }] = error.issues;
    throw new NotValid(path[1] ?? path[0] ?? 'body', message);
  }
  req.body = data;
  next();
};

module.exports = { body };
