import { createFactory } from 'hono/factory';
import type { Article } from './db/articles.js';
import type { Database } from './db/database.js';
import type { User } from './db/users.js';

/** What middleware sets for what runs after it. */
export interface Env {
  Variables: {
    db: Database;
    /** The caller; undefined for a stranger. */
    user: User | undefined;
  };
}

/** Below `requireUser`. */
export interface UserEnv {
  Variables: Env['Variables'] & { user: User };
}

/** Below `loadArticle`, `loadProfile`. */
export interface ArticleEnv {
  Variables: { article: Article };
}

export interface ProfileEnv {
  Variables: { profile: User };
}

export const factory = createFactory<Env>();
