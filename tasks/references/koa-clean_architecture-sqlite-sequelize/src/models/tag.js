import { DataTypes } from 'sequelize';

export const defineTag = (sequelize) =>
  sequelize.define(
    'Tag',
    { name: { type: DataTypes.TEXT, allowNull: false, unique: true } },
    { timestamps: false },
  );
