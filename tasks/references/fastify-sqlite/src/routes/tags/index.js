'use strict';

module.exports = async (app) => {
  app.get('/', async () => ({ tags: app.articles.tags() }));
};
