import { DataTypes } from 'sequelize';

export const defineComment = (sequelize) =>
  sequelize.define('Comment', { body: { type: DataTypes.TEXT, allowNull: false } });
