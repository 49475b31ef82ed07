import Ajv from 'ajv';
import fp from 'fastify-plugin';

/** Numbers stand in a query as text; in a body a number is no text. */
const queryAjv = new Ajv({ coerceTypes: true, useDefaults: true });
const bodyAjv = new Ajv();

/** How requests are parsed and validated. */
export const bodies = fp(
  async (app) => {
    app.setValidatorCompiler(({ schema, httpPart }) =>
      (httpPart === 'body' ? bodyAjv : queryAjv).compile(schema),
    );

    // Clients name JSON as the type of requests that have no body; Fastify's own parser refuses those.
    const parseJson = app.getDefaultJsonParser('remove', 'remove');
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
      if (text === '') done(null, undefined);
      else parseJson(request, text, done);
    });
  },
  { name: 'bodies' },
);
