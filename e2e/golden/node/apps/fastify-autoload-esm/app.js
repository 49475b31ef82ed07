import Fastify from 'fastify';
import autoload from '@fastify/autoload';
import fp from 'fastify-plugin';
import { Type } from '@sinclair/typebox';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const app = Fastify({ logger: { level: 'warn' } });
await app.register(autoload, { dir: join(here, 'plugins') });
await app.register(autoload, { dir: join(here, 'routes'), options: { prefix: '/api' }, autoHooks: true, cascadeHooks: true, routeParams: true });
app.get('/typed', { schema: { querystring: Type.Object({ n: Type.Integer({ minimum: 1 }), s: Type.Optional(Type.String()) }) } }, async ({ query }) => query);
await app.ready();
console.log(app.printRoutes({ commonPrefix: false }));
console.log(app.hasDecorator('store'), app.hasRoute({ method: 'GET', url: '/api/users/:id' }));
const address = await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log(new URL(address).hostname);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, async () => { await app.close(); console.log('closed'); });
