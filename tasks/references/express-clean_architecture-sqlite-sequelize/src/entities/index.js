'use strict';

const { defineArticle } = require('./article');
const { defineArticleTag } = require('./article-tag');
const { defineComment } = require('./comment');
const { defineFavorite } = require('./favorite');
const { defineFollow } = require('./follow');
const { defineUser } = require('./user');

/** The models on a connection, and how they belong together. */
function defineEntities(sequelize) {
  const User = defineUser(sequelize);
  const Follow = defineFollow(sequelize);
  const Article = defineArticle(sequelize);
  const ArticleTag = defineArticleTag(sequelize);
  const Favorite = defineFavorite(sequelize);
  const Comment = defineComment(sequelize);

  const required = (name) => ({ foreignKey: { name, allowNull: false }, onDelete: 'CASCADE' });

  User.hasMany(Follow, { as: 'followings', ...required('followerId') });
  User.hasMany(Follow, { as: 'followers', ...required('followedId') });

  User.hasMany(Article, { as: 'articles', ...required('authorId') });
  Article.belongsTo(User, { as: 'author', ...required('authorId') });

  Article.hasMany(ArticleTag, { as: 'tags', ...required('articleId') });
  ArticleTag.belongsTo(Article, { as: 'article', ...required('articleId') });

  Article.hasMany(Favorite, { as: 'favorites', ...required('articleId') });
  Favorite.belongsTo(User, { as: 'user', ...required('userId') });

  Article.hasMany(Comment, { as: 'comments', ...required('articleId') });
  Comment.belongsTo(User, { as: 'author', ...required('authorId') });

  return { Article, ArticleTag, Comment, Favorite, Follow, User };
}

module.exports = { defineEntities };
