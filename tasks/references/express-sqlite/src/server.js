'use strict';

const path = require('node:path');
const { createApp } = require('./app');
const { openDatabase } = require('./database');

const port = Number(process.env.PORT || 3000);
const file = process.env.DATABASE_FILE || path.join(__dirname, '..', 'conduit.db');

const database = openDatabase(file);
const server = createApp(database).listen(port, '0.0.0.0', () => {
  console.log(`Conduit listens on port ${port}, with its data in ${path.basename(file)}`);
});

process.on('SIGTERM', () => {
  server.close(() => database.close());
});
