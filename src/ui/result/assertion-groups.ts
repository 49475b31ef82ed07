import type { AssertionResult, Exchange } from '../../domain/verdict.ts';

export type StatusFilter = 'all' | AssertionResult['status'];

/** By the endpoint that is asked, or by the suite's own groups. */
export type Grouping = 'endpoint' | 'group';

export interface AssertionGroup {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  /** Those that the filter lets through. */
  readonly shown: readonly AssertionResult[];
}

export interface AssertionFilter {
  readonly status: StatusFilter;
  /** Words that id, endpoint, sentence or message have to hold, all of them. */
  readonly search: string;
  /** Empty for all. */
  readonly endpoint: string;
  /** Status of the answer, `none` where there was no answer; empty for all. */
  readonly code: string;
}

/** How many there are of each status. */
export function count(assertions: readonly AssertionResult[]): Record<StatusFilter, number> {
  const counts = { all: assertions.length, passed: 0, failed: 0, 'not-reached': 0 };
  for (const { status } of assertions) counts[status]++;
  return counts;
}

/** Status of the answer that an assertion judged; `none` where no answer came, empty where nothing was asked. */
export function codeOf(assertion: AssertionResult, exchanges: readonly (Exchange | undefined)[]): string {
  const exchange = assertion.exchange === undefined ? undefined : exchanges[assertion.exchange];
  if (exchange === undefined) return '';
  return exchange.response === undefined ? 'none' : String(exchange.response.status);
}

/** Endpoints of the suite, in its order. */
export const endpointsOf = (assertions: readonly AssertionResult[]): string[] => [
  ...new Set(assertions.map(({ endpoint }) => endpoint)),
];

/** Statuses of the answers that were judged, in order; `none` last. */
export const codesOf = (
  assertions: readonly AssertionResult[],
  exchanges: readonly (Exchange | undefined)[],
): string[] =>
  [...new Set(assertions.map((assertion) => codeOf(assertion, exchanges)))]
    .filter((code) => code !== '')
    .sort();

/** Grouped in the order of the suite; groups of which the filter leaves nothing are left out. */
export function group(
  assertions: readonly AssertionResult[],
  exchanges: readonly (Exchange | undefined)[],
  by: Grouping,
  filter: AssertionFilter,
): AssertionGroup[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, { name: string; passed: number; total: number; shown: AssertionResult[] }>();
  for (const assertion of assertions) {
    const name = by === 'endpoint' ? assertion.endpoint : assertion.group;
    const entry = groups.get(name) ?? { name, passed: 0, total: 0, shown: [] };
    groups.set(name, entry);
    entry.total++;
    if (assertion.status === 'passed') entry.passed++;
    if (filter.status !== 'all' && assertion.status !== filter.status) continue;
    if (filter.endpoint !== '' && assertion.endpoint !== filter.endpoint) continue;
    if (filter.code !== '' && codeOf(assertion, exchanges) !== filter.code) continue;
    if (holds(assertion, words)) entry.shown.push(assertion);
  }
  return [...groups.values()].filter((entry) => entry.shown.length > 0);
}

function holds({ id, endpoint, sentence, message }: AssertionResult, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${id} ${endpoint} ${sentence} ${message ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
