import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** One user follows another. */
export class Follow extends Model<InferAttributes<Follow>, InferCreationAttributes<Follow>> {
  declare followerId: number;
  declare followedId: number;
}

export function initFollow(sequelize: Sequelize): void {
  Follow.init(
    {
      followerId: { type: DataTypes.INTEGER, primaryKey: true },
      followedId: { type: DataTypes.INTEGER, primaryKey: true },
    },
    { sequelize, tableName: 'follows', underscored: true, timestamps: false },
  );
}
