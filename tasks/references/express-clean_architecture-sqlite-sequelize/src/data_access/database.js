'use strict';

const { Mutex } = require('async-mutex');
const { Sequelize } = require('sequelize');
const { defineEntities } = require('../entities');

/**
 * Opens the file and makes the tables that are missing.
 * @returns the models, the connection, and `write`: all that changes data goes through it, one after another, as SQLite
 *   has one writer at a time and the driver's threads must not all wait for it. `write.atomic` gives a transaction.
 */
async function openDatabase(storage) {
  const sequelize = new Sequelize({ dialect: 'sqlite', storage, logging: false });
  const entities = defineEntities(sequelize);
  await sequelize.sync();

  const writer = new Mutex();
  const write = (work) => writer.runExclusive(work);
  write.atomic = (work) => write(() => sequelize.transaction(work));

  return { ...entities, sequelize, write };
}

module.exports = { openDatabase };
