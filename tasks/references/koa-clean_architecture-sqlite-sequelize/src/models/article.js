import { DataTypes } from 'sequelize';

export const defineArticle = (sequelize) =>
  sequelize.define('Article', {
    slug: { type: DataTypes.TEXT, allowNull: false, unique: true },
    title: { type: DataTypes.TEXT, allowNull: false },
    description: { type: DataTypes.TEXT, allowNull: false },
    body: { type: DataTypes.TEXT, allowNull: false },
  });
