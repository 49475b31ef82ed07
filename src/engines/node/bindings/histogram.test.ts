import { createHistogram } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { random } from '../async-context/testing.ts';
import { Counts } from './histogram.ts';

function compare(values: readonly number[], lowest?: number, highest?: number, figures?: number): void {
  const given = { ...(lowest && { lowest }), ...(highest && { highest }), ...(figures && { figures }) };
  const theirs = createHistogram(given);
  const ours = new Counts(lowest, highest ?? Number.MAX_SAFE_INTEGER, figures);
  for (const value of values) {
    theirs.record(value);
    ours.record(value);
  }
  expect([ours.total, ours.exceeds, ours.min, ours.max]).toEqual([
    theirs.count,
    theirs.exceeds,
    theirs.min,
    theirs.max,
  ]);
  expect([ours.mean, ours.deviation]).toEqual([
    expect.closeTo(theirs.mean, 6),
    expect.closeTo(theirs.stddev, 6),
  ]);
  for (const percent of [1, 25, 50, 75, 90, 99, 99.9, 100]) {
    expect([percent, ours.percentile(percent)]).toEqual([percent, theirs.percentile(percent)]);
  }
  expect([...new Map(ours.percentiles())]).toEqual([...theirs.percentiles]);
}

describe('histograms', () => {
  it('count small values exactly', () => compare([1, 2, 3, 100]));
  it('count one value', () => compare([7]));
  it('count large values in classes', () => compare([5000, 5001, 123_456, 123_457, 9_876_543_210]));
  it('leave out what is too large', () => compare([1, 50, 5000], 1, 100, 2));
  it('keep the figures asked for', () => compare([10, 130, 131, 3333, 77_777], 1, 1_000_000, 1));

  it('agree on random values', () => {
    const next = random(5);
    for (let round = 0; round < 20; round++) {
      compare(Array.from({ length: 200 }, () => 1 + Math.floor(next() ** 4 * 10 ** (2 + (round % 8)))));
    }
  });
});
