import { DataTypes, Model } from 'sequelize';

export class User extends Model {
  static define(sequelize) {
    User.init(
      {
        username: { type: DataTypes.TEXT, allowNull: false, unique: true },
        email: { type: DataTypes.TEXT, allowNull: false, unique: true },
        passwordHash: { type: DataTypes.STRING, allowNull: false },
        // Without a default a new user would have no biography at all instead of null.
        bio: { type: DataTypes.TEXT, defaultValue: null },
        image: { type: DataTypes.TEXT, defaultValue: null },
      },
      { sequelize, modelName: 'user', timestamps: false },
    );
  }

  static associate({ Article, Follow, User: other }) {
    User.hasMany(Article, { as: 'articles', foreignKey: { name: 'authorId', allowNull: false } });
    User.belongsToMany(other, {
      as: 'followers',
      through: Follow,
      foreignKey: 'followedId',
      otherKey: 'followerId',
    });
    User.belongsToMany(other, {
      as: 'followed',
      through: Follow,
      foreignKey: 'followerId',
      otherKey: 'followedId',
    });
  }
}
