import { Sequelize } from 'sequelize';
import { Article, initArticle } from './article.js';
import { ArticleTag, initArticleTag } from './article-tag.js';
import { Comment, initComment } from './comment.js';
import { Favorite, initFavorite } from './favorite.js';
import { Follow, initFollow } from './follow.js';
import { initUser, User } from './user.js';

/** Opens the file, makes the tables that are missing, and binds the models to it. */
export async function openDatabase(storage: string): Promise<Sequelize> {
  const sequelize = new Sequelize({ dialect: 'sqlite', storage, logging: false });
  for (const init of [initUser, initFollow, initArticle, initArticleTag, initFavorite, initComment])
    init(sequelize);

  const key = (name: string) => ({ foreignKey: { name, allowNull: false }, onDelete: 'CASCADE' });
  User.hasMany(Follow, key('followerId'));
  User.hasMany(Follow, { as: 'followers', ...key('followedId') });
  Article.belongsTo(User, { as: 'author', ...key('authorId') });
  Article.hasMany(ArticleTag, { as: 'tags', ...key('articleId') });
  Article.hasMany(Favorite, { as: 'favorites', ...key('articleId') });
  Favorite.belongsTo(User, { as: 'fan', ...key('userId') });
  Article.hasMany(Comment, { as: 'comments', ...key('articleId') });
  Comment.belongsTo(User, { as: 'author', ...key('authorId') });

  await sequelize.sync();
  return sequelize;
}
