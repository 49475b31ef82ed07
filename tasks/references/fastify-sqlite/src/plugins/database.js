'use strict';

const Database = require('better-sqlite3');
const fp = require('fastify-plugin');
const { createArticles } = require('../data/articles');
const { createComments } = require('../data/comments');
const { migrate } = require('../data/migrations');
const { createUsers } = require('../data/users');

/** Opens the database and adds `app.users`, `app.articles` and `app.comments`. */
module.exports = fp(
  async (app, { databaseFile }) => {
    const database = new Database(databaseFile);
    database.pragma('foreign_keys = ON');
    migrate(database);
    app.addHook('onClose', async () => database.close());

    app.decorate('users', createUsers(database));
    app.decorate('articles', createArticles(database));
    app.decorate('comments', createComments(database));
  },
  { name: 'database' },
);
