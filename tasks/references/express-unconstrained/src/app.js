import express from 'express';
import { identify } from './auth.js';
import { handleError, notFound } from './errors.js';
import { articleRoutes } from './routes/articles.js';
import { commentRoutes } from './routes/comments.js';
import { profileRoutes } from './routes/profiles.js';
import { userRoutes } from './routes/users.js';
import { Store } from './store.js';

export function createApp() {
  const store = new Store();
  const api = express.Router();

  api.get('/health-check', (req, res) => {
    res.json({ status: 'ok' });
  });
  api.use(identify(store));
  api.use(userRoutes(store));
  api.use('/profiles', profileRoutes(store));
  api.use('/articles', articleRoutes(store));
  api.use('/articles/:slug/comments', commentRoutes(store));
  api.get('/tags', (req, res) => {
    res.json({ tags: store.tags() });
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.use('/api', api);
  app.use(() => {
    throw notFound('path');
  });
  app.use(handleError);
  return app;
}
