import type { RunRecord, StageName, StageRecord } from '../domain/run.ts';
import type { AssertionResult, Exchange } from '../domain/verdict.ts';

/** One thing that differs between a run in the browser and the same run natively. */
export interface Difference {
  kind: 'assertion' | 'exchange' | 'verdict' | 'suite' | 'ending';
  /** Assertion id, name of the request, or what differs as a whole. */
  what: string;
  browser: string;
  native: string;
}

export interface Comparison {
  /** Assertions that both sides have, and those with the same result. */
  assertions: { total: number; agree: number };
  /** Requests that both sides sent, and those with the same status (or both without an answer). */
  exchanges: { total: number; agree: number };
  differences: Difference[];
  /** Why a side has no score; then the numbers say nothing. */
  unscored: { side: Side; detail: string }[];
  /** Why a side was never tested: all its assertions are failed then, and agree with any other run of that kind. */
  untested: { side: Side; detail: string }[];
}

type Side = 'browser' | 'native';

const beforeSuite: readonly StageName[] = ['boot', 'install', 'start', 'health'];

/**
 * Compares two runs of one submission: results of assertions and statuses of responses. Bodies and headers hold
 * tokens, ids and times, which differ between any two runs; what matters in them, the assertions judge.
 */
export function compareRuns(browser: RunRecord, native: RunRecord): Comparison {
  const differences: Difference[] = [];
  const sides = [
    ['browser', browser],
    ['native', native],
  ] as const;
  const unscored = sides.flatMap(([side, { verdict }]) =>
    verdict.kind === 'unscored' ? [{ side, detail: `${verdict.reason}: ${verdict.detail}` }] : [],
  );
  const untested = sides.flatMap(([side, record]) => {
    const stage = failedBeforeSuite(record);
    return stage === undefined ? [] : [{ side, detail: stage.message ?? `${stage.name} failed` }];
  });
  const endings = [ending(browser), ending(native)] as const;
  if (unscored.length === 0 && endings[0] !== endings[1]) {
    differences.push({ kind: 'ending', what: 'ending', browser: endings[0], native: endings[1] });
  }
  const versions = [browser, native].map(({ suite }) =>
    `${suite?.suite.id ?? 'none'} ${suite?.suite.version ?? ''}`.trim(),
  );
  if (versions[0] !== versions[1]) {
    differences.push({ kind: 'suite', what: 'suite', browser: versions[0] ?? '', native: versions[1] ?? '' });
  }
  const assertions = compareLists(
    browser.suite?.assertions ?? [],
    native.suite?.assertions ?? [],
    { kind: 'assertion', key: ({ id }) => id, value: ({ status }) => status, show: showAssertion },
    differences,
  );
  const exchanges = compareLists(
    numbered(browser.suite?.exchanges ?? []),
    numbered(native.suite?.exchanges ?? []),
    {
      kind: 'exchange',
      key: ({ key }) => key,
      value: ({ one }) => outcome(one),
      show: ({ one }) => showExchange(one),
    },
    differences,
  );
  const words = [verdictWord(browser), verdictWord(native)] as const;
  if (unscored.length === 0 && words[0] !== words[1]) {
    differences.push({ kind: 'verdict', what: 'verdict', browser: words[0], native: words[1] });
  }
  return { assertions, exchanges, differences, unscored, untested };
}

interface Way<T> {
  kind: Difference['kind'];
  key: (item: T) => string;
  /** What has to be the same. */
  value: (item: T) => string;
  /** For people. */
  show: (item: T) => string;
}

function compareLists<T>(
  browser: readonly T[],
  native: readonly T[],
  way: Way<T>,
  differences: Difference[],
): { total: number; agree: number } {
  const sides = [browser, native].map((items) => new Map(items.map((item) => [way.key(item), item])));
  const [inBrowser, inNative] = [sides[0] ?? new Map<string, T>(), sides[1] ?? new Map<string, T>()];
  let agree = 0;
  const keys = new Set([...inBrowser.keys(), ...inNative.keys()]);
  for (const key of keys) {
    const [left, right] = [inBrowser.get(key), inNative.get(key)];
    if (left !== undefined && right !== undefined && way.value(left) === way.value(right)) {
      agree++;
      continue;
    }
    differences.push({
      kind: way.kind,
      what: key,
      browser: left === undefined ? 'missing' : way.show(left),
      native: right === undefined ? 'missing' : way.show(right),
    });
  }
  return { total: keys.size, agree };
}

/**
 * Requests of the same name are told apart by their order, those of a burst by the order of their outcomes: which of them
 * the server took first is chance.
 */
function numbered(exchanges: readonly Exchange[]): { key: string; one: Exchange }[] {
  const seen = new Map<string, number>();
  const bursts = exchanges.filter(({ burst }) => burst !== undefined).sort(byOutcome);
  return [...exchanges.filter(({ burst }) => burst === undefined), ...bursts].map((one) => {
    const name = one.burst ?? one.name;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { key: count === 1 ? name : `${name} (${count})`, one };
  });
}

function byOutcome(one: Exchange, other: Exchange): number {
  return outcome(one) < outcome(other) ? -1 : Number(outcome(one) > outcome(other));
}

function outcome(exchange: Exchange): string {
  return exchange.response === undefined ? 'no answer' : String(exchange.response.status);
}

function showExchange(exchange: Exchange): string {
  return exchange.response === undefined ? `no answer (${exchange.error ?? 'unknown'})` : outcome(exchange);
}

function showAssertion(assertion: AssertionResult): string {
  const details = [assertion.message, assertion.got === undefined ? undefined : `got ${assertion.got}`];
  const known = details.filter((detail) => detail !== undefined);
  return known.length === 0 ? assertion.status : `${assertion.status} (${known.join('; ')})`;
}

function failedBeforeSuite({ stages }: RunRecord): StageRecord | undefined {
  return stages.find(({ name, status }) => status === 'failed' && beforeSuite.includes(name));
}

/** One that crashed and one that was too slow agree in every assertion, and in nothing else. */
function ending(record: RunRecord): string {
  const stage = failedBeforeSuite(record);
  if (stage === undefined) return 'came to the suite';
  return stage.exitCode === undefined ? 'its time was up' : `ended by itself with ${stage.exitCode}`;
}

function verdictWord({ verdict }: RunRecord): string {
  if (verdict.kind === 'unscored') return 'unscored';
  return verdict.score.pass ? 'passed' : 'failed';
}
