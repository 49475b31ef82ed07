'use strict';

const { DataTypes } = require('sequelize');

const defineUser = (sequelize) =>
  sequelize.define(
    'User',
    {
      username: { type: DataTypes.TEXT, allowNull: false, unique: true },
      email: { type: DataTypes.TEXT, allowNull: false, unique: true },
      passwordHash: { type: DataTypes.TEXT, allowNull: false },
      bio: { type: DataTypes.TEXT, defaultValue: null },
      image: { type: DataTypes.TEXT, defaultValue: null },
    },
    { timestamps: false, scopes: { public: { attributes: ['id', 'username', 'bio', 'image'] } } },
  );

module.exports = { defineUser };
