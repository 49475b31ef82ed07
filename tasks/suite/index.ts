import type { SuiteResult } from '../../src/domain/verdict.ts';
import { deleteArticle, updateArticle } from './groups/change-articles.ts';
import { createArticle } from './groups/create-article.ts';
import { currentUser, updateUser } from './groups/current-user.ts';
import { login } from './groups/login.ts';
import { profiles } from './groups/profiles.ts';
import { listArticles, readArticle } from './groups/read-articles.ts';
import { register } from './groups/register.ts';
import { listAssertions, runSuite, unreachedSuite, type Suite } from './runner.ts';
import type { AssertionSpec, SuiteOptions } from './types.ts';

export type { AssertionSpec, SuiteOptions } from './types.ts';

/** The suite of all tasks, written from the contract. Its assertions are fixed by its version. */
export const conduitSuite: Suite = {
  id: 'conduit',
  version: '0.1.0',
  groups: [
    register,
    login,
    currentUser,
    updateUser,
    profiles,
    createArticle,
    readArticle,
    listArticles,
    updateArticle,
    deleteArticle,
  ],
};

/** Every assertion of the suite, in order. */
export const assertions: readonly AssertionSpec[] = listAssertions(conduitSuite);

/** Runs the suite; see `runSuite` of the runner. */
export function runConduitSuite(options: SuiteOptions): Promise<SuiteResult> {
  return runSuite(conduitSuite, options);
}

/** The result for a server that never got healthy. */
export function unreachedConduitSuite(reason: string): SuiteResult {
  return unreachedSuite(conduitSuite, reason);
}
