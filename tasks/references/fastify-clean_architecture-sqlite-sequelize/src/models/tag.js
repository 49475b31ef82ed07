import { DataTypes, Model } from 'sequelize';

export class Tag extends Model {
  static define(sequelize) {
    Tag.init(
      { name: { type: DataTypes.TEXT, allowNull: false, unique: true } },
      { sequelize, modelName: 'tag', timestamps: false },
    );
  }

  static associate({ Article, ArticleTag }) {
    Tag.belongsToMany(Article, { as: 'articles', through: ArticleTag, foreignKey: 'tagId' });
  }
}
