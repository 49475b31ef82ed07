import { expect, it } from 'vitest';
import { compareRuns } from './compare.ts';
import { assertion, exchange, record, unscoredVerdict } from './testing/fakes.ts';

function withExchanges(assertions: ReturnType<typeof assertion>[], exchanges: ReturnType<typeof exchange>[]) {
  return record(assertions, { suite: { suite: { id: 'conduit', version: '0.1.0' }, assertions, exchanges } });
}

it('agrees on results and statuses whatever the bodies say', () => {
  const make = () =>
    withExchanges(
      [assertion('a'), assertion('b', { status: 'failed', got: String(Math.random()) })],
      [exchange('one', 200)],
    );
  expect(compareRuns(make(), make())).toEqual({
    assertions: { total: 2, agree: 2 },
    exchanges: { total: 1, agree: 1 },
    differences: [],
    unscored: [],
    untested: [],
  });
});

it('names each assertion and each status that differs', () => {
  const browser = withExchanges(
    [assertion('a'), assertion('b', { status: 'failed', got: '500' })],
    [exchange('login', 200), exchange('login', 500), exchange('feed', undefined)],
  );
  const native = withExchanges(
    [assertion('a'), assertion('b'), assertion('c')],
    [exchange('login', 200), exchange('login', 401), exchange('feed', 200)],
  );
  const result = compareRuns(browser, native);
  expect(result.assertions).toEqual({ total: 3, agree: 1 });
  expect(result.exchanges).toEqual({ total: 3, agree: 1 });
  expect(result.differences).toEqual([
    { kind: 'assertion', what: 'b', browser: 'failed (got 500)', native: 'passed' },
    { kind: 'assertion', what: 'c', browser: 'missing', native: 'passed' },
    { kind: 'exchange', what: 'login (2)', browser: '500', native: '401' },
    { kind: 'exchange', what: 'feed', browser: 'no answer (ECONNRESET)', native: '200' },
    { kind: 'verdict', what: 'verdict', browser: 'failed', native: 'passed' },
  ]);
});

it('says which side has no score, and that suites of other versions are not the same', () => {
  const scored = record([assertion('a')]);
  const unscored = record([assertion('a')], { verdict: unscoredVerdict });
  expect(compareRuns(unscored, scored).unscored).toEqual([
    { side: 'browser', detail: 'needs-registry: left-pad is not stored' },
  ]);
  const other = record([assertion('a')], {
    suite: {
      suite: { id: 'conduit', version: '9' },
      assertions: [assertion('a')],
      exchanges: [exchange('register', 201)],
    },
  });
  expect(compareRuns(scored, other).differences).toEqual([
    { kind: 'suite', what: 'suite', browser: 'conduit 0.1.0', native: 'conduit 9' },
  ]);
});

it('does not mind which request of a burst came first, but what became of them all', () => {
  const burst = (...statuses: number[]) =>
    withExchanges(
      [assertion('a')],
      statuses.map((status, n) => ({ ...exchange(`register ${n + 1}`, status), burst: 'register' })),
    );
  expect(compareRuns(burst(422, 201, 422), burst(201, 422, 422)).differences).toEqual([]);
  const lost = compareRuns(burst(201, 422, 422), burst(201, 422, 201));
  expect(lost.exchanges).toEqual({ total: 3, agree: 2 });
  expect(lost.differences).toEqual([
    { kind: 'exchange', what: 'register (2)', browser: '422', native: '201' },
  ]);
});

it('tells a server that crashed from one that was too slow', () => {
  const ended = (message: string, exitCode?: number) =>
    record([assertion('a', { status: 'failed' })], {
      stages: [
        {
          name: 'start',
          status: 'failed',
          startedAt: 0,
          ms: 1,
          message,
          ...(exitCode === undefined ? {} : { exitCode }),
        },
      ],
    });
  const crashed = ended('exited with code 1', 1);
  const slow = ended('not healthy within 60 s');
  expect(compareRuns(crashed, slow)).toMatchObject({
    differences: [
      { kind: 'ending', what: 'ending', browser: 'ended by itself with 1', native: 'its time was up' },
    ],
    untested: [
      { side: 'browser', detail: 'exited with code 1' },
      { side: 'native', detail: 'not healthy within 60 s' },
    ],
  });
  expect(compareRuns(crashed, crashed).differences).toEqual([]);
});
