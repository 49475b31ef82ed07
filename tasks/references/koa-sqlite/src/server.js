import { createApp } from './app.js';
import { openDatabase } from './database.js';

const port = Number(process.env.PORT ?? 3000);
const database = await openDatabase(
  process.env.DATABASE_FILE ?? new URL('../conduit.db', import.meta.url).pathname,
);

const server = createApp(database).listen(port, '0.0.0.0', () => {
  console.log(`Conduit listens on port ${port}`);
});

process.once('SIGTERM', () => {
  server.close(() => database.close());
});
