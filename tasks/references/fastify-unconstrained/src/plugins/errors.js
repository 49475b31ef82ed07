import fp from 'fastify-plugin';

/** An answer other than success: a status, and a message under the name of what it is about. */
export class ApiError extends Error {
  constructor(statusCode, subject, message) {
    super(message);
    this.statusCode = statusCode;
    this.subject = subject;
  }
}

export const notFound = (subject) => new ApiError(404, subject, 'not found');
export const forbidden = (subject) => new ApiError(403, subject, 'belongs to somebody else');

/** The field that Ajv complains about: `/article/tagList/0` is about `tagList`. */
function fieldOf({ keyword, instancePath, params }) {
  const path = instancePath.split('/').slice(1);
  if (keyword === 'required') path.push(params.missingProperty);
  return path[1] ?? path[0] ?? 'body';
}

export const errors = fp(
  async (app) => {
    app.setNotFoundHandler(() => {
      throw notFound('path');
    });

    app.setErrorHandler((error, request, reply) => {
      if (error.validation) {
        const [first] = error.validation;
        const message = first.keyword === 'pattern' ? "can't be blank" : first.message;
        return reply.code(422).send({ errors: { [fieldOf(first)]: [message] } });
      }
      if (error.statusCode >= 400 && error.statusCode < 500) {
        return reply
          .code(error.statusCode)
          .send({ errors: { [error.subject ?? 'request']: [error.message] } });
      }
      request.log.error(error);
      return reply.code(500).send({ errors: { server: ['failed'] } });
    });
  },
  { name: 'errors' },
);
