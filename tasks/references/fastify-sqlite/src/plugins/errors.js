'use strict';

const fp = require('fastify-plugin');
const { notFound } = require('../errors');

/** The field that a complaint of Ajv is about: `/article/tagList/0` is about `tagList`. */
function fieldOf({ keyword, instancePath, params }) {
  const names = instancePath.split('/').slice(1);
  if (keyword === 'required') names.push(params.missingProperty);
  return names.slice(0, 2).at(-1) ?? 'body';
}

module.exports = fp(
  async (app) => {
    app.setSchemaErrorFormatter((errors) => {
      const [first] = errors;
      const message = first.keyword === 'pattern' ? "can't be blank" : first.message;
      return Object.assign(new Error(message), { statusCode: 422, subject: fieldOf(first) });
    });

    app.setErrorHandler((error, request, reply) => {
      const { statusCode = 500, subject = 'request', message } = error;
      if (statusCode >= 500) {
        request.log.error(error);
        return reply.code(500).send({ errors: { server: ['failed'] } });
      }
      return reply.code(statusCode).send({ errors: { [subject]: [message] } });
    });

    app.setNotFoundHandler(() => {
      throw notFound('path');
    });
  },
  { name: 'errors' },
);
