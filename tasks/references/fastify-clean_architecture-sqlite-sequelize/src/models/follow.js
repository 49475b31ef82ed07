import { DataTypes, Model } from 'sequelize';

/** One user follows another. */
export class Follow extends Model {
  static define(sequelize) {
    Follow.init(
      {
        followerId: { type: DataTypes.INTEGER, primaryKey: true },
        followedId: { type: DataTypes.INTEGER, primaryKey: true },
      },
      { sequelize, modelName: 'follow', timestamps: false },
    );
  }
}
