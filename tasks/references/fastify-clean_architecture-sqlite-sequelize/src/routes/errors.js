import fp from 'fastify-plugin';
import { Forbidden, NotFound, Refusal, Taken, WrongCredentials } from '../services/errors.js';

const statuses = new Map([
  [NotFound, 404],
  [Forbidden, 403],
  [Taken, 422],
  [WrongCredentials, 401],
]);

/** The field that Ajv complains about: `/article/tagList/0` is about `tagList`, what is missing about itself. */
function fieldOf({ instancePath, keyword, params }) {
  const names = instancePath.split('/').slice(1);
  if (keyword === 'required') names.push(params.missingProperty);
  return names[1] ?? names[0] ?? 'body';
}

/** Answers for everything that is thrown. */
export const errorAnswers = fp(
  async (app) => {
    const refuse = (reply, status, subject, message) =>
      reply.code(status).send({ errors: { [subject]: [message] } });

    app.setErrorHandler((error, request, reply) => {
      if (error instanceof Refusal) {
        return refuse(reply, statuses.get(error.constructor), error.subject, error.message);
      }
      if (error.validation) {
        const [first] = error.validation;
        return refuse(
          reply,
          422,
          fieldOf(first),
          first.keyword === 'pattern' ? "can't be blank" : first.message,
        );
      }
      if (error.statusCode < 500)
        return refuse(reply, error.statusCode, error.subject ?? 'request', error.message);
      request.log.error(error);
      return refuse(reply, 500, 'server', 'failed');
    });

    app.setNotFoundHandler((request, reply) => refuse(reply, 404, 'path', 'not found'));
  },
  { name: 'error-answers' },
);
