'use strict';

const fp = require('fastify-plugin');
const { notFound } = require('../errors');

/**
 * Hooks that set `request.article` and `request.profile` to what the path names. They stand on `onRequest`, after
 * `app.requireUser` and before bodies are parsed, so that answers say the first thing that is wrong.
 */
module.exports = fp(
  async (app) => {
    app.decorateRequest('article', null);
    app.decorateRequest('profile', null);

    app.decorate('findArticle', async (request) => {
      request.article = app.articles.bySlug(request.params.slug, request.user);
      if (request.article === undefined) throw notFound('article');
    });

    app.decorate('findProfile', async (request) => {
      request.profile = app.users.byUsername(request.params.username);
      if (request.profile === undefined) throw notFound('profile');
    });
  },
  { name: 'resources', dependencies: ['auth', 'database'] },
);
