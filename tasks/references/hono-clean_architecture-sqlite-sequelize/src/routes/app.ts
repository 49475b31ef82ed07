import { Hono } from 'hono';
import type { ArticleService } from '../services/article-service.js';
import type { CommentService } from '../services/comment-service.js';
import type { ProfileService } from '../services/profile-service.js';
import type { UserService } from '../services/user-service.js';
import { articleRoutes } from './articles.js';
import { identify, type Env } from './caller.js';
import { commentRoutes } from './comments.js';
import { answerError } from './errors.js';
import { profileRoutes } from './profiles.js';
import { userRoutes } from './users.js';

export interface Services {
  readonly users: UserService;
  readonly profiles: ProfileService;
  readonly articles: ArticleService;
  readonly comments: CommentService;
}

/** The HTTP side of the application, on top of its services. */
export function createApp({ users, profiles, articles, comments }: Services): Hono<Env> {
  const api = new Hono<Env>()
    .get('/health-check', (c) => c.json({ status: 'ok' }))
    .use(identify(users))
    .route('/', userRoutes(users))
    .route('/profiles', profileRoutes(profiles))
    .route('/articles', articleRoutes(articles))
    .route('/articles/:slug/comments', commentRoutes(comments))
    .get('/tags', async (c) => c.json({ tags: await articles.tags() }));

  return new Hono<Env>()
    .route('/api', api)
    .notFound((c) => c.json({ errors: { path: ['not found'] } }, 404))
    .onError(answerError);
}
