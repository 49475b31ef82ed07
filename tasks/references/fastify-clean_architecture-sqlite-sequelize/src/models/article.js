import { DataTypes, Model } from 'sequelize';

export class Article extends Model {
  static define(sequelize) {
    Article.init(
      {
        slug: { type: DataTypes.TEXT, allowNull: false, unique: true },
        title: { type: DataTypes.TEXT, allowNull: false },
        description: { type: DataTypes.TEXT, allowNull: false },
        body: { type: DataTypes.TEXT, allowNull: false },
      },
      { sequelize, modelName: 'article' },
    );
  }

  static associate({ ArticleTag, Comment, Favorite, Tag, User }) {
    Article.belongsTo(User, { as: 'author', foreignKey: { name: 'authorId', allowNull: false } });
    Article.belongsToMany(Tag, { as: 'tags', through: ArticleTag, foreignKey: 'articleId' });
    Article.belongsToMany(User, {
      as: 'fans',
      through: Favorite,
      foreignKey: 'articleId',
      otherKey: 'userId',
    });
    Article.hasMany(Comment, { as: 'comments', foreignKey: 'articleId', onDelete: 'CASCADE' });
  }
}
