'use strict';

const path = require('node:path');
const { ArticleGateway } = require('./data_access/article-gateway');
const { CommentGateway } = require('./data_access/comment-gateway');
const { openDatabase } = require('./data_access/database');
const { UserGateway } = require('./data_access/user-gateway');
const { createApp } = require('./handlers/app');
const { ArticleUseCases } = require('./usecases/articles');
const { CommentUseCases } = require('./usecases/comments');
const { ProfileUseCases } = require('./usecases/profiles');
const { UserUseCases } = require('./usecases/users');

async function main() {
  const database = await openDatabase(process.env.DATABASE_FILE ?? path.join(__dirname, '..', 'conduit.db'));

  const userGateway = new UserGateway(database);
  const articleGateway = new ArticleGateway(database);
  const commentGateway = new CommentGateway(database);

  const users = new UserUseCases(userGateway);
  const profiles = new ProfileUseCases(userGateway);
  const articles = new ArticleUseCases(articleGateway, profiles);
  const comments = new CommentUseCases(commentGateway, profiles);

  const port = Number(process.env.PORT ?? 3000);
  const server = createApp({ users, profiles, articles, comments }).listen(port, '0.0.0.0', () => {
    console.log(`Conduit listens on port ${port}`);
  });

  process.once('SIGTERM', () => {
    server.close(() => database.sequelize.close());
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
