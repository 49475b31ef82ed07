import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../domain/run.ts';
import type { Exchange } from '../../domain/verdict.ts';
import { linesDuring, originsOf, serverErrors } from './exchange-context.ts';

const files = new Set(['app.py']);
const exchange = (at: number | undefined, status: number, change: Partial<Exchange> = {}): Exchange => ({
  name: `step ${at ?? ''}`,
  ...(at !== undefined && { at }),
  request: { method: 'GET', target: '/api/tags', headers: [] },
  response: { status, statusText: '', headers: [], body: '', truncated: false },
  ms: 10,
  ...change,
});
const lines = (at: number, ...texts: string[]): LogLine[] =>
  texts.map((text) => ({ at, stage: 'suite', stream: 'stderr', text }));
const trace = (at: number, message: string): LogLine[] =>
  lines(at, 'Traceback (most recent call last):', '  File "/app/app.py", line 4, in f', message);

describe('serverErrors', () => {
  it('gives a trace to the request that went wrong, also when its output comes late', () => {
    const exchanges = [exchange(100, 200), exchange(112, 500), exchange(125, 200), exchange(1_000, 404)];
    const log = [
      ...trace(50, 'KeyError: before'),
      ...trace(130, 'KeyError: late'),
      ...trace(1_005, 'KeyError: logged'),
    ];
    const errors = serverErrors(exchanges, log, files);
    expect([...errors].map(([index, traces]) => [index, traces.map(({ message }) => message)])).toEqual([
      [1, ['KeyError: late']],
      [3, ['KeyError: logged']],
    ]);
    expect(errors.get(1)?.[0]?.frames[0]).toMatchObject({ path: 'app.py', line: 4, own: true });
  });

  it('leaves out what was written at no request, and records without times', () => {
    expect(serverErrors([exchange(100, 500)], trace(900, 'KeyError: x'), files).size).toBe(0);
    expect(serverErrors([exchange(undefined, 500)], trace(5, 'KeyError: x'), files).size).toBe(0);
    expect(serverErrors([undefined], trace(5, 'KeyError: x'), files).size).toBe(0);
  });
});

it('finds the lines of the time of a request, and those of its traces that came later', () => {
  const one = exchange(100, 500);
  const log = [
    ...lines(90, 'before'),
    ...lines(105, 'while'),
    ...trace(180, 'KeyError: x'),
    ...lines(300, 'after'),
  ];
  const traces = serverErrors([one], log, files).get(0);
  expect(linesDuring(one, log, traces)?.map(({ text }) => text)).toEqual([
    'while',
    'Traceback (most recent call last):',
    '  File "/app/app.py", line 4, in f',
    'KeyError: x',
  ]);
  expect(linesDuring(exchange(undefined, 200), log)).toBeUndefined();
});

describe('originsOf', () => {
  const made = (body: string, change: Partial<Exchange['request']> = {}): Exchange =>
    exchange(1, 201, {
      request: { method: 'POST', target: '/api/users', headers: [], ...change },
      response: { status: 201, statusText: '', headers: [], body, truncated: false },
    });
  const token = 'eyJ.abc.def';
  const exchanges = [
    made(`{"user":{"token":"${token}","username":"ann"}}`),
    made('{"article":{"slug":"a-day-out","id":7}}', { target: '/api/articles' }),
    made(`{"user":{"token":"${token}"}}`),
    made('', {
      method: 'DELETE',
      target: '/api/articles/a-day-out/comments/7',
      headers: [['Authorization', `Token ${token}`]],
    }),
  ];

  it('names the first answers that held the token and the parts of the path', () => {
    expect(originsOf(exchanges, 3)).toEqual([
      { exchange: 0, names: ['token'] },
      { exchange: 1, names: ['a-day-out', '7'] },
    ]);
  });

  it('finds nothing where nothing is used, and nothing in failures', () => {
    expect(originsOf(exchanges, 0)).toEqual([]);
    const failed = [
      exchange(1, 422, {
        response: { status: 422, statusText: '', headers: [], body: `"${token}"`, truncated: false },
      }),
    ];
    expect(originsOf([...failed, ...exchanges.slice(3)], 1)).toEqual([]);
    expect(originsOf([made(''), made('', { target: '/api/%E0%A4%A/x' })], 1)).toEqual([]);
  });
});
