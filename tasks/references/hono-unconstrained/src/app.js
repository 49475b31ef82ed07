import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ApiError } from './errors.js';
import { identify } from './middleware/caller.js';
import { articles } from './routes/articles.js';
import { comments } from './routes/comments.js';
import { profiles } from './routes/profiles.js';
import { users } from './routes/users.js';

export function createApp(store) {
  const api = new Hono()
    .get('/health-check', (c) => c.json({ status: 'ok' }))
    .use(identify(store))
    .route('/', users(store))
    .route('/profiles', profiles(store))
    .route('/articles', articles(store))
    .route('/articles/:slug/comments', comments(store))
    .get('/tags', (c) => c.json({ tags: store.articles.tags() }));

  const app = new Hono().route('/api', api);

  app.notFound((c) => c.json({ errors: { path: ['not found'] } }, 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.json({ errors: error.errors }, error.status);
    if (error instanceof HTTPException) return c.json({ errors: { request: [error.message] } }, error.status);
    console.error(error);
    return c.json({ errors: { server: ['failed'] } }, 500);
  });
  return app;
}
