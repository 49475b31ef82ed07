'use strict';

const path = require('node:path');
const { createApp } = require('./app');

const app = createApp({
  databaseFile: process.env.DATABASE_FILE ?? path.join(__dirname, '..', 'conduit.db'),
  jwtSecret: process.env.JWT_SECRET,
  logger: { level: process.env.LOG_LEVEL ?? 'warn' },
});

app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' }).catch((error) => {
  app.log.fatal(error);
  process.exitCode = 1;
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
