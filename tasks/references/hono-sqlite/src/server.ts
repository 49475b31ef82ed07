import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { createApp } from './app.js';
import { openDatabase } from './db/database.js';

const file = process.env.DATABASE_FILE ?? fileURLToPath(new URL('../conduit.db', import.meta.url));
const port = Number(process.env.PORT ?? 3000);

serve({ fetch: createApp(openDatabase(file)).fetch, hostname: '0.0.0.0', port }, () => {
  console.log(`Conduit listens on port ${port}`);
});
