import { DataTypes, Model } from 'sequelize';

/** A tag of an article, and its place among the tags of this article. */
export class ArticleTag extends Model {
  static define(sequelize) {
    ArticleTag.init(
      { position: { type: DataTypes.INTEGER, allowNull: false } },
      { sequelize, modelName: 'articleTag', timestamps: false },
    );
  }
}
