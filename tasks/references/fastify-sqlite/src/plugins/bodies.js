'use strict';

const fp = require('fastify-plugin');

/** Many clients say that they send JSON when they send nothing: to them an empty body is none. */
module.exports = fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('remove', 'remove');
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
      if (text.length === 0) return done(null);
      return parse(request, text, done);
    });
  },
  { name: 'bodies' },
);
