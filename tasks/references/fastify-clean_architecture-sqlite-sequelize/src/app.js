import sensible from '@fastify/sensible';
import Fastify from 'fastify';
import { connect } from './models/index.js';
import { createArticleRepository } from './repositories/articles.js';
import { createCommentRepository } from './repositories/comments.js';
import { createUserRepository } from './repositories/users.js';
import { createWrites } from './repositories/writes.js';
import { articleRoutes } from './routes/articles.js';
import { authentication } from './routes/authentication.js';
import { commentRoutes } from './routes/comments.js';
import { errorAnswers } from './routes/errors.js';
import { jsonBodies } from './routes/json-bodies.js';
import { profileRoutes } from './routes/profiles.js';
import { tagRoutes } from './routes/tags.js';
import { userRoutes } from './routes/users.js';
import { createArticleService } from './services/articles.js';
import { createCommentService } from './services/comments.js';
import { createProfileService } from './services/profiles.js';
import { createUserService } from './services/users.js';

/** Joins the layers from the bottom up: models, repositories, services, routes. */
export async function createApp({ databaseFile, jwtSecret, logLevel }) {
  const models = await connect(databaseFile);
  const writes = createWrites(models.sequelize);
  const userRepository = createUserRepository(models, writes);
  const articleRepository = createArticleRepository(models, writes);
  const commentRepository = createCommentRepository(models, writes);

  const users = createUserService({ users: userRepository });
  const profiles = createProfileService({ users: userRepository });
  const articles = createArticleService({ articles: articleRepository, profiles });
  const comments = createCommentService({
    articles: articleRepository,
    comments: commentRepository,
    profiles,
  });

  const app = Fastify({
    logger: { level: logLevel },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // A slug is as long as its title; find-my-way takes 100 characters by default.
    routerOptions: { maxParamLength: 4096 },
  });
  app.addHook('onClose', () => models.sequelize.close());

  await app.register(sensible);
  await app.register(errorAnswers);
  await app.register(jsonBodies);
  await app.register(
    async (api) => {
      api.get('/health-check', async () => ({ status: 'ok' }));
      await api.register(authentication, { users, secret: jwtSecret });
      await api.register(userRoutes, { users });
      await api.register(profileRoutes, { prefix: '/profiles', profiles });
      await api.register(articleRoutes, { prefix: '/articles', articles });
      await api.register(commentRoutes, { prefix: '/articles/:slug/comments', comments });
      await api.register(tagRoutes, { prefix: '/tags', articles });
    },
    { prefix: '/api' },
  );
  return app;
}
