import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { contextStorage, getContext } from 'hono/context-storage';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { timeout } from 'hono/timeout';
import { csrf } from 'hono/csrf';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { stream, streamSSE, streamText } from 'hono/streaming';
import { z } from 'zod';

type Env = { Variables: { who: string } };
const app = new Hono<Env>({ strict: true });
app.use(trimTrailingSlash());
app.use(contextStorage());
app.use('/id', requestId({ generator: () => 'fixed-id' }));
app.use('/compressed', compress());
app.use('/static/*', serveStatic({ root: './' }));
app.use(async (c, next) => {
  c.set('who', c.req.header('x-who') ?? 'nobody');
  await next();
  c.res.headers.set('x-after', c.get('who'));
});
const later = async () => {
  await new Promise((done) => setTimeout(done, 3));
  return getContext<Env>().var.who;
};
app.get('/who', async (c) => c.text(await later()));
app.get('/id', (c) => c.text(c.get('requestId' as never)));
app.get('/compressed', (c) => c.text('word '.repeat(500)));
const user = z.object({ name: z.string().min(2), age: z.coerce.number().int().positive().optional(), mail: z.string().email().optional() });
app.post('/users', zValidator('json', user), (c) => c.json(c.req.valid('json'), 201));
app.get('/users', zValidator('query', z.object({ page: z.coerce.number().min(1).default(1) }), (result, c) => (result.success ? undefined : c.json({ issues: result.error.issues.map((issue) => issue.path.join('.')) }, 400))), (c) => c.json(c.req.valid('query')));
app.post('/limited', bodyLimit({ maxSize: 10, onError: (c) => c.text('too big', 413) }), async (c) => c.text(await c.req.text()));
app.get('/slow', timeout(20), async (c) => {
  await new Promise((done) => setTimeout(done, 200));
  return c.text('done');
});
app.post('/csrf', csrf({ origin: 'http://a.test' }), (c) => c.text('ok'));
app.get('/sse', (c) =>
  streamSSE(c, async (s) => {
    for (let id = 0; id < 3; id++) {
      await s.writeSSE({ data: `tick ${id}`, event: 'tick', id: String(id) });
      await s.sleep(2);
    }
  }),
);
app.get('/stream', (c) => stream(c, async (s) => void (await s.write(new Uint8Array([104, 105])))));
app.get('/stream-text', (c) => streamText(c, async (s) => void (await s.writeln('line'))));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, () => console.log('up'));
