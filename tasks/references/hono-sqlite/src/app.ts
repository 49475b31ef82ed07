import { HTTPException } from 'hono/http-exception';
import type { Database } from './db/database.js';
import { factory } from './env.js';
import { ApiError } from './errors.js';
import { identify } from './middleware/caller.js';
import { articles } from './routes/articles.js';
import { comments } from './routes/comments.js';
import { profiles } from './routes/profiles.js';
import { users } from './routes/users.js';

export function createApp(db: Database) {
  const app = factory.createApp().basePath('/api');

  app.get('/health-check', (c) => c.json({ status: 'ok' }));
  app.use(async (c, next) => {
    c.set('db', db);
    await next();
  });
  app.use(identify);
  app.route('/', users);
  app.route('/profiles', profiles);
  app.route('/articles', articles);
  app.route('/articles/:slug/comments', comments);
  app.get('/tags', (c) => c.json({ tags: db.articles.tags() }));

  app.notFound((c) => c.json({ errors: { path: ['not found'] } }, 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.json({ errors: error.errors }, error.status);
    if (error instanceof HTTPException) return c.json({ errors: { request: [error.message] } }, error.status);
    console.error(error);
    return c.json({ errors: { server: ['failed'] } }, 500);
  });
  return app;
}
