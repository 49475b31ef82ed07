import type { CollectionExecution, CollectionResult } from '../domain/collection.ts';
import type { AssertionResult, SuiteResult } from '../domain/verdict.ts';

/**
 * A collection's result in the form of a suite's, so that it can be scored: one assertion for every one that was
 * executed. Skipped ones are left out, as they say nothing. Versions are the first 12 digits of the text's SHA-256.
 */
export function toSuiteResult(result: CollectionResult): SuiteResult {
  const assertions = result.executions.flatMap((execution, index) => toAssertions(execution, index));
  return {
    suite: { id: 'postman', version: result.sha256.slice(0, 12) },
    assertions,
    exchanges: result.exchanges,
  };
}

function toAssertions(execution: CollectionExecution, index: number): AssertionResult[] {
  const { folders, name, method, url, exchange, assertions } = execution;
  const group = folders.length > 0 ? folders.join(' / ') : 'collection';
  return assertions.flatMap((assertion, place): AssertionResult[] => {
    if (assertion.status === 'skipped') return [];
    return [
      {
        id: `${index + 1}.${place + 1} ${name}`,
        group,
        endpoint: `${method} ${pathOf(url)}`,
        sentence: assertion.name,
        status: assertion.status,
        ...(assertion.error && { message: `${assertion.error.name}: ${assertion.error.message}` }),
        ...(exchange !== undefined && { exchange }),
      },
    ];
  });
}

/** Path of an address below `/api`, without its query. */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';
  return path.replace(/^\/api(?=\/|$)/, '') || '/';
}
