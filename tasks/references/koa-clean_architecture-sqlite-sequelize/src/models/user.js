import { DataTypes } from 'sequelize';

export const defineUser = (sequelize) =>
  sequelize.define(
    'User',
    {
      username: { type: DataTypes.TEXT, allowNull: false, unique: true },
      email: { type: DataTypes.TEXT, allowNull: false, unique: true },
      passwordHash: { type: DataTypes.STRING(60), allowNull: false },
      bio: { type: DataTypes.TEXT, defaultValue: null },
      image: { type: DataTypes.TEXT, defaultValue: null },
    },
    { timestamps: false, scopes: { profile: { attributes: ['id', 'username', 'bio', 'image'] } } },
  );
