'use strict';

const { DataTypes } = require('sequelize');

const defineComment = (sequelize) =>
  sequelize.define('Comment', { body: { type: DataTypes.TEXT, allowNull: false } });

module.exports = { defineComment };
