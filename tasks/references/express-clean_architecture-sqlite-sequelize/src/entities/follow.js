'use strict';

const { DataTypes } = require('sequelize');

/** One user follows another. */
const defineFollow = (sequelize) =>
  sequelize.define(
    'Follow',
    {
      followerId: { type: DataTypes.INTEGER, primaryKey: true },
      followedId: { type: DataTypes.INTEGER, primaryKey: true },
    },
    { timestamps: false },
  );

module.exports = { defineFollow };
