'use strict';

const path = require('node:path');
const autoload = require('@fastify/autoload');
const Fastify = require('fastify');

/** @param settings `databaseFile`, `jwtSecret` (a new one when there is none) and Fastify's `logger` */
function createApp({ databaseFile, jwtSecret, logger }) {
  const app = Fastify({
    logger,
    // A text of a body stays a text and a number stays a number, and what nobody asked for is ignored, not removed.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // Slugs are as long as titles are; find-my-way stops at 100 by default.
    routerOptions: { maxParamLength: 4096 },
  });
  app.register(autoload, { dir: path.join(__dirname, 'plugins'), options: { databaseFile, jwtSecret } });
  app.register(autoload, {
    dir: path.join(__dirname, 'routes'),
    options: { prefix: '/api' },
    routeParams: true,
  });
  return app;
}

module.exports = { createApp };
