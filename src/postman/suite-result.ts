import type { CollectionAssertion, CollectionExecution, CollectionResult } from '../domain/collection.ts';
import type { AssertionResult, SuiteResult } from '../domain/verdict.ts';
import { basePath, endpoints } from '../../tasks/contract/index.ts';

/**
 * A collection's result in the form of a suite's: one assertion for each test that was executed, as Newman counts.
 * A test that the collection itself skips is no failure there, and passes here. What fails outside of tests is in
 * `failuresOutsideTests`.
 */
export function toSuiteResult(result: CollectionResult): SuiteResult {
  const times = new Map<string, number>();
  const assertions = result.executions.flatMap((execution) => {
    const place = [...execution.folders, execution.name].map(inId).join('/');
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    const seen = new Map<string, number>();
    return execution.assertions.map((assertion): AssertionResult => {
      const name = inId(assertion.name);
      const repeat = (seen.get(name) ?? 0) + 1;
      seen.set(name, repeat);
      const id = `${place}#${time}:${name}${repeat === 1 ? '' : `~${repeat}`}`;
      return describe(id, execution, assertion);
    });
  });
  return {
    suite: { id: 'postman', version: result.sha256.slice(0, 12) },
    assertions,
    exchanges: result.exchanges,
  };
}

/** Failures that are no assertion's: scripts that threw, requests without an answer. Newman's run fails by them. */
export function failuresOutsideTests({ executions }: CollectionResult): number {
  return executions.reduce((sum, { scriptErrors, sent }) => sum + scriptErrors.length + sent.failed, 0);
}

function describe(
  id: string,
  execution: CollectionExecution,
  { name, status, error }: CollectionAssertion,
): AssertionResult {
  return {
    id,
    group: execution.folders.join(' / ') || 'Outside of folders',
    endpoint: endpointOf(execution),
    sentence: name,
    status: status === 'failed' ? 'failed' : 'passed',
    ...(status === 'failed' && { message: error?.message ?? name }),
    ...(status === 'skipped' && { message: 'skipped by the collection' }),
    ...(execution.exchange !== undefined && { exchange: execution.exchange }),
  };
}

/** Names are free text; in an id, what separates its parts is escaped. */
function inId(name: string): string {
  return name.trim().replaceAll(/[/#:~%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const known = endpoints.map((endpoint) => {
  const [method = '', path = ''] = endpoint.split(' ');
  return { endpoint, method, parts: path.split('/') };
});

/** `METHOD /path` as the contract writes it, or as it was sent when the contract has no such endpoint. */
function endpointOf({ method, url }: CollectionExecution): string {
  const path = pathOf(url);
  const below = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  const parts = below.replace(/\/$/, '').split('/');
  const fits = (pattern: readonly string[]) =>
    pattern.length === parts.length &&
    pattern.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : part === parts[index]));
  const candidates = known.filter((candidate) => candidate.method === method && fits(candidate.parts));
  // `/articles/feed` before `/articles/{slug}`.
  const parameters = (candidate: { endpoint: string }) => candidate.endpoint.split('{').length;
  const [best] = candidates.sort((a, b) => parameters(a) - parameters(b));
  return best?.endpoint ?? `${method} ${below}`;
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}
