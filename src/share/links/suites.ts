import { assertions, conduitSuite } from '../../../tasks/suite/index.ts';
import type { ClaimedAssertion } from './shared-run.ts';

/** An assertion without its result. */
export type AssertionText = Pick<ClaimedAssertion, 'id' | 'group' | 'endpoint' | 'sentence' | 'pointer'>;

/**
 * The suites whose assertions both sides know, so that a link names none of them. When a suite gets a new version, its old
 * list belongs here too: then links to old runs keep their assertions.
 */
export interface SuiteIndex {
  /** All assertions of a version of a suite, in order; undefined when it is not known. */
  find(id: string, version: string): readonly AssertionText[] | undefined;
  /** The version that runs today. */
  current(id: string): string | undefined;
}

export const builtInSuites: SuiteIndex = {
  find: (id, version) =>
    id === conduitSuite.id && version === conduitSuite.version ? assertions : undefined,
  current: (id) => (id === conduitSuite.id ? conduitSuite.version : undefined),
};
