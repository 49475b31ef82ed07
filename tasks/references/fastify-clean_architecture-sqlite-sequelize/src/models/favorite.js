import { DataTypes, Model } from 'sequelize';

/** A user has marked an article. */
export class Favorite extends Model {
  static define(sequelize) {
    Favorite.init(
      {
        articleId: { type: DataTypes.INTEGER, primaryKey: true },
        userId: { type: DataTypes.INTEGER, primaryKey: true },
      },
      { sequelize, modelName: 'favorite', timestamps: false },
    );
  }
}
