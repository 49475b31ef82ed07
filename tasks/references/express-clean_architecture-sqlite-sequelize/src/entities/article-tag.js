'use strict';

const { DataTypes } = require('sequelize');

/** A tag of an article; `position` counts from 0 in the author's order. */
const defineArticleTag = (sequelize) =>
  sequelize.define(
    'ArticleTag',
    {
      articleId: { type: DataTypes.INTEGER, primaryKey: true },
      name: { type: DataTypes.TEXT, primaryKey: true },
      position: { type: DataTypes.INTEGER, allowNull: false },
    },
    { timestamps: false, indexes: [{ fields: ['name'] }] },
  );

module.exports = { defineArticleTag };
