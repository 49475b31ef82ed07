import type { Score, SuiteResult, VerifyResult } from '../domain/verdict.ts';

/**
 * Raw A%, strict A% and pass of one run (definitions: arXiv 2605.06445; shares from 0 to 1).
 * What was not reached counts as not passed.
 * @param verify the result of the profile that decides
 */
export function scoreRun(suite: SuiteResult, verify: VerifyResult): Score {
  const count = (status: 'passed' | 'failed' | 'not-reached') =>
    suite.assertions.filter((assertion) => assertion.status === status).length;
  const total = suite.assertions.length;
  const passed = count('passed');
  const raw = total === 0 ? 0 : passed / total;
  return {
    passed,
    failed: count('failed'),
    notReached: count('not-reached'),
    total,
    raw,
    strict: verify.compliant ? raw : 0,
    pass: total > 0 && passed === total && verify.compliant,
  };
}
