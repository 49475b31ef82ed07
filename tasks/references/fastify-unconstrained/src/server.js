import { buildApp } from './app.js';

const app = await buildApp({ logger: { level: process.env.LOG_LEVEL ?? 'warn' } });

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' });

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => app.close());
}
