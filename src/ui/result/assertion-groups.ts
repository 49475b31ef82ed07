import type { AssertionResult } from '../../domain/verdict.ts';

export type StatusFilter = 'all' | AssertionResult['status'];

export interface AssertionGroup {
  name: string;
  passed: number;
  total: number;
  /** Those that the filter lets through. */
  shown: readonly AssertionResult[];
}

/** How many there are of each status. */
export function count(assertions: readonly AssertionResult[]): Record<StatusFilter, number> {
  const counts = { all: assertions.length, passed: 0, failed: 0, 'not-reached': 0 };
  for (const { status } of assertions) counts[status]++;
  return counts;
}

/** Grouped in the order of the suite; groups of which the filter leaves nothing are left out. */
export function group(
  assertions: readonly AssertionResult[],
  status: StatusFilter,
  search: string,
): AssertionGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, AssertionGroup & { shown: AssertionResult[] }>();
  for (const assertion of assertions) {
    const name = assertion.group;
    const entry = groups.get(name) ?? { name, passed: 0, total: 0, shown: [] };
    groups.set(name, entry);
    entry.total++;
    if (assertion.status === 'passed') entry.passed++;
    const text = [assertion.id, assertion.endpoint, assertion.sentence, assertion.message ?? '']
      .join(' ')
      .toLowerCase();
    const wanted = status === 'all' || assertion.status === status;
    if (wanted && words.every((word) => text.includes(word))) entry.shown.push(assertion);
  }
  return [...groups.values()].filter((entry) => entry.shown.length > 0);
}
