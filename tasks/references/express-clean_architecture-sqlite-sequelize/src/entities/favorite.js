'use strict';

const { DataTypes } = require('sequelize');

/** A user has marked an article. */
const defineFavorite = (sequelize) =>
  sequelize.define(
    'Favorite',
    {
      articleId: { type: DataTypes.INTEGER, primaryKey: true },
      userId: { type: DataTypes.INTEGER, primaryKey: true },
    },
    { timestamps: false },
  );

module.exports = { defineFavorite };
