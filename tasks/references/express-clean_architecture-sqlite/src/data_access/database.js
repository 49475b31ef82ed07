'use strict';

const fs = require('node:fs');
const path = require('node:path');
const Database = require('better-sqlite3');

/** Opens the file and makes the tables that are missing. */
function openDatabase(file) {
  const database = new Database(file);
  database.pragma('foreign_keys = ON');
  database.exec(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));
  return database;
}

module.exports = { openDatabase };
