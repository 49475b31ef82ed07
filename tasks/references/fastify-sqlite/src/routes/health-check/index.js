'use strict';

module.exports = async (app) => {
  app.get('/', async () => ({ status: 'ok' }));
};
