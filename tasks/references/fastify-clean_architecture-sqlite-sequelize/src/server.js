import { fileURLToPath } from 'node:url';
import { createApp } from './app.js';

const app = await createApp({
  databaseFile: process.env.DATABASE_FILE ?? fileURLToPath(new URL('../conduit.db', import.meta.url)),
  jwtSecret: process.env.JWT_SECRET,
  logLevel: process.env.LOG_LEVEL ?? 'warn',
});

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' });

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
