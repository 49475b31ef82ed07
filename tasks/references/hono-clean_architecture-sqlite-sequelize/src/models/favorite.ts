import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A user has marked an article. */
export class Favorite extends Model<InferAttributes<Favorite>, InferCreationAttributes<Favorite>> {
  declare articleId: number;
  declare userId: number;
}

export function initFavorite(sequelize: Sequelize): void {
  Favorite.init(
    {
      articleId: { type: DataTypes.INTEGER, primaryKey: true },
      userId: { type: DataTypes.INTEGER, primaryKey: true },
    },
    { sequelize, tableName: 'favorites', underscored: true, timestamps: false },
  );
}
