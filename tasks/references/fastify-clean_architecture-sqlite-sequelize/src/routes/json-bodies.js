import fp from 'fastify-plugin';

/** An empty body that is said to be JSON is no body; Fastify would refuse it with 400. */
export const jsonBodies = fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('remove', 'remove');
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) =>
      text === '' ? done(null) : parse(request, text, done),
    );
  },
  { name: 'json-bodies' },
);
