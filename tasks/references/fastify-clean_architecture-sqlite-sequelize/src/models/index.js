import { Sequelize } from 'sequelize';
import { Article } from './article.js';
import { ArticleTag } from './article-tag.js';
import { Comment } from './comment.js';
import { Favorite } from './favorite.js';
import { Follow } from './follow.js';
import { Tag } from './tag.js';
import { User } from './user.js';

const models = { Article, ArticleTag, Comment, Favorite, Follow, Tag, User };

/**
 * Opens the database, and makes the file and its tables when they are not there yet.
 * @returns the models, and the connection as `sequelize`
 */
export async function connect(storage) {
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage,
    logging: false,
  });
  for (const model of Object.values(models)) model.define(sequelize);
  for (const model of Object.values(models)) model.associate?.(models);
  await sequelize.sync();
  return { ...models, sequelize };
}
