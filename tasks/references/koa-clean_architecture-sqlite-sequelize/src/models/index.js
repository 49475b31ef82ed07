import { defineArticle } from './article.js';
import { defineComment } from './comment.js';
import { defineTag } from './tag.js';
import { defineUser } from './user.js';

export const define = (sequelize) => ({
  User: defineUser(sequelize),
  Article: defineArticle(sequelize),
  Tag: defineTag(sequelize),
  Comment: defineComment(sequelize),
});

/** Tables between two models are made by their associations; `Tagging` has a column more. */
export function associate(models) {
  const { Article, Comment, Tag, User } = models;
  const { sequelize } = Article;
  const bare = { timestamps: false };

  models.Follow = sequelize.define('Follow', {}, bare);
  models.Favorite = sequelize.define('Favorite', {}, bare);
  models.Tagging = sequelize.define('Tagging', { position: 'INTEGER' }, bare);

  User.belongsToMany(User, {
    as: 'followers',
    through: models.Follow,
    foreignKey: 'followedId',
    otherKey: 'followerId',
  });
  User.belongsToMany(User, {
    as: 'idols',
    through: models.Follow,
    foreignKey: 'followerId',
    otherKey: 'followedId',
  });

  Article.belongsTo(User, { as: 'author', foreignKey: { name: 'authorId', allowNull: false } });
  Article.belongsToMany(User, {
    as: 'fans',
    through: models.Favorite,
    foreignKey: 'articleId',
    otherKey: 'userId',
  });
  Article.belongsToMany(Tag, {
    as: 'tags',
    through: models.Tagging,
    foreignKey: 'articleId',
    otherKey: 'tagId',
  });
  Tag.belongsToMany(Article, {
    as: 'articles',
    through: models.Tagging,
    foreignKey: 'tagId',
    otherKey: 'articleId',
  });

  Article.hasMany(Comment, {
    as: 'comments',
    foreignKey: { name: 'articleId', allowNull: false },
    onDelete: 'CASCADE',
  });
  Comment.belongsTo(User, { as: 'author', foreignKey: { name: 'authorId', allowNull: false } });
}
