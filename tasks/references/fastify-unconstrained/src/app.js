import Fastify from 'fastify';
import { auth } from './plugins/auth.js';
import { bodies } from './plugins/bodies.js';
import { errors } from './plugins/errors.js';
import { articleRoutes } from './routes/articles.js';
import { commentRoutes } from './routes/comments.js';
import { profileRoutes } from './routes/profiles.js';
import { tagRoutes } from './routes/tags.js';
import { userRoutes } from './routes/users.js';
import { Articles } from './store/articles.js';
import { Users } from './store/users.js';

/** Longer than any slug or user name is when it is percent-encoded; find-my-way takes 100 by default. */
const maxParamLength = 4096;

export async function buildApp(options = {}) {
  const app = Fastify({ ...options, routerOptions: { maxParamLength } });
  app.decorate('users', new Users());
  app.decorate('articles', new Articles());

  await app.register(errors);
  await app.register(bodies);
  await app.register(
    async (api) => {
      api.get('/health-check', async () => ({ status: 'ok' }));
      await api.register(auth);
      await api.register(userRoutes);
      await api.register(profileRoutes, { prefix: '/profiles/:username' });
      await api.register(articleRoutes, { prefix: '/articles' });
      await api.register(commentRoutes, { prefix: '/articles/:slug/comments' });
      await api.register(tagRoutes, { prefix: '/tags' });
    },
    { prefix: '/api' },
  );
  return app;
}
