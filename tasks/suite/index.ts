import type { SuiteResult } from '../../src/domain/verdict.ts';
import { authentication } from './groups/authentication.ts';
import { comments } from './groups/comments.ts';
import { concurrency, registeringAtOnce } from './groups/concurrency.ts';
import { createArticle } from './groups/create-article.ts';
import { currentUser, updateUser } from './groups/current-user.ts';
import { deleteArticle } from './groups/delete-article.ts';
import { deleteComment } from './groups/delete-comment.ts';
import { favorites } from './groups/favorites.ts';
import { feed } from './groups/feed.ts';
import { filters } from './groups/filters.ts';
import { listArticles } from './groups/list-articles.ts';
import { login } from './groups/login.ts';
import { pages } from './groups/pages.ts';
import { profiles } from './groups/profiles.ts';
import { readArticle } from './groups/read-article.ts';
import { register } from './groups/register.ts';
import { rename } from './groups/rename.ts';
import { slugs } from './groups/slugs.ts';
import { tags } from './groups/tags.ts';
import { hostileTexts, longTexts, unicodeTexts } from './groups/texts.ts';
import { times } from './groups/times.ts';
import { updateArticle } from './groups/update-article.ts';
import { viewers } from './groups/viewers.ts';
import { listAssertions, runSuite, unreachedSuite, type Suite } from './runner.ts';
import type { AssertionSpec, SuiteOptions } from './types.ts';

export type { AssertionSpec, SuiteOptions } from './types.ts';

/** The suite of all tasks, written from the contract. Its assertions are fixed by its version. */
export const conduitSuite: Suite = {
  id: 'conduit',
  version: '1.0.0',
  groups: [
    register,
    login,
    currentUser,
    updateUser,
    rename,
    authentication,
    profiles,
    createArticle,
    readArticle,
    listArticles,
    pages,
    filters,
    feed,
    updateArticle,
    slugs,
    times,
    tags,
    favorites,
    viewers,
    comments,
    deleteComment,
    deleteArticle,
    unicodeTexts,
    hostileTexts,
    longTexts,
    concurrency,
    registeringAtOnce,
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
