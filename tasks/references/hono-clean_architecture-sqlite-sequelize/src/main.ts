import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { openDatabase } from './models/database.js';
import { ArticleRepository } from './repositories/article-repository.js';
import { CommentRepository } from './repositories/comment-repository.js';
import { FavoriteRepository } from './repositories/favorite-repository.js';
import { UserRepository } from './repositories/user-repository.js';
import { Writer } from './repositories/writer.js';
import { createApp } from './routes/app.js';
import { ArticleService } from './services/article-service.js';
import { CommentService } from './services/comment-service.js';
import { ProfileService } from './services/profile-service.js';
import { UserService } from './services/user-service.js';

const file = process.env.DATABASE_FILE ?? fileURLToPath(new URL('../conduit.db', import.meta.url));
const writer = new Writer(await openDatabase(file));

const userRepository = new UserRepository(writer);
const articleRepository = new ArticleRepository(writer);

const users = new UserService(userRepository);
const profiles = new ProfileService(userRepository);
const articles = new ArticleService(articleRepository, new FavoriteRepository(writer), profiles);
const comments = new CommentService(new CommentRepository(writer), articleRepository, profiles);

const app = createApp({ users, profiles, articles, comments });

serve({ fetch: app.fetch, hostname: '0.0.0.0', port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`Conduit listens on port ${port}`);
});
