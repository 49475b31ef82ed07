// Written by hand. Flaw: the login makes its answer and does not return it; Hono then answers 404.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono().basePath('/api');
const users = [];

app.get('/health-check', (c) => c.json({ status: 'ok' }));
app.get('/tags', (c) => c.json({ tags: [] }));

const show = ({ username, email, token, bio, image }) => ({ user: { username, email, token, bio, image } });

app.post('/users', async (c) => {
  const { username, email, password } = (await c.req.json()).user;
  users.push({ username, email, password, token: `token-${users.length}`, bio: null, image: null });
  return c.json(show(users.at(-1)), 201);
});

app.post('/users/login', async (c) => {
  const { email, password } = (await c.req.json()).user;
  const user = users.find((one) => one.email === email && one.password === password);
  if (user === undefined) return c.json({ errors: { credentials: ['are wrong'] } }, 401);
  c.json(show(user));
});

serve({ fetch: app.fetch, port: 3000 }, () => console.log('listening on 3000'));
