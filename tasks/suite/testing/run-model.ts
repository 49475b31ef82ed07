import type { AssertionResult, SuiteResult } from '../../../src/domain/verdict.ts';
import type { RawRequest, RawResponse } from '../../../src/engines/engine.ts';
import { runConduitSuite } from '../index.ts';
import type { SuiteOptions } from '../types.ts';

/** Runs the suite against a function that answers. */
export function run(
  handle: (request: RawRequest) => RawResponse | Promise<RawResponse>,
  more: Partial<SuiteOptions> = {},
): Promise<SuiteResult> {
  return runConduitSuite({
    send: async (request) => handle(request),
    requestMs: 60_000,
    suiteMs: 600_000,
    runKey: 'k1',
    recordedBodyBytes: 16_384,
    ...more,
  });
}

export function byId(results: readonly AssertionResult[]): ReadonlyMap<string, AssertionResult> {
  return new Map(results.map((one) => [one.id, one]));
}

/** Ids of the assertions that failed. */
export function failed(results: readonly AssertionResult[]): string[] {
  return results.filter((one) => one.status === 'failed').map((one) => one.id);
}
