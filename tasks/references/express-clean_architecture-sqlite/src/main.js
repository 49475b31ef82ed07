'use strict';

const path = require('node:path');
const { articleGateway } = require('./data_access/article-gateway');
const { commentGateway } = require('./data_access/comment-gateway');
const { openDatabase } = require('./data_access/database');
const { userGateway } = require('./data_access/user-gateway');
const { createApp } = require('./handlers/app');
const { ArticleUseCases } = require('./usecases/articles');
const { CommentUseCases } = require('./usecases/comments');
const { ProfileUseCases } = require('./usecases/profiles');
const { UserUseCases } = require('./usecases/users');

const database = openDatabase(process.env.DATABASE_FILE ?? path.join(__dirname, '..', 'conduit.db'));
const storedUsers = userGateway(database);

const users = new UserUseCases(storedUsers);
const profiles = new ProfileUseCases(storedUsers);
const articles = new ArticleUseCases(articleGateway(database));
const comments = new CommentUseCases(commentGateway(database));

const port = Number(process.env.PORT ?? 3000);
const server = createApp({ users, profiles, articles, comments }).listen(port, '0.0.0.0', () => {
  console.log(`Conduit listens on port ${port}`);
});

process.once('SIGTERM', () => {
  server.close(() => database.close());
});
