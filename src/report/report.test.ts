import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { decayCurves, type Outcome } from './decay.ts';
import { meanOf, passAtK, shareOf } from './statistics.ts';

describe('a share', () => {
  it.each([
    // Values of the Wilson interval by hand: 8 of 10, 0 of 5, 3 of 3.
    [8, 10, 0.4902, 0.9433],
    [0, 5, 0, 0.4345],
    [3, 3, 0.4385, 1],
  ])('of %i in %i has the interval of Wilson', (successes, trials, low, high) => {
    const estimate = shareOf(successes, trials);
    expect(estimate?.value).toBe(successes / trials);
    expect(estimate?.low).toBeCloseTo(low, 3);
    expect(estimate?.high).toBeCloseTo(high, 3);
  });

  it('of nothing is nothing', () => {
    expect(shareOf(0, 0)).toBeUndefined();
  });
});

describe('a mean', () => {
  it('has an interval that is the same each time and narrows with more values', () => {
    const few = [0, 1, 0.5, 0.25];
    const many = Array.from({ length: 25 }, () => few).flat();
    expect(meanOf(few)).toEqual(meanOf(few));
    const width = (values: number[]) => (meanOf(values)?.high ?? 0) - (meanOf(values)?.low ?? 0);
    expect(width(many)).toBeLessThan(width(few) / 2);
    expect(meanOf(few)?.low).toBeLessThan(meanOf(few)?.value ?? 0);
  });

  it('of one value has none, and of equal values none to speak of', () => {
    expect(meanOf([0.5])).toEqual({ value: 0.5, low: undefined, high: undefined });
    expect(meanOf([0.5, 0.5, 0.5])).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });
});

it('pass@k is that of the paper', () => {
  expect(passAtK(3, 1, 1)).toBeCloseTo(1 / 3);
  expect(passAtK(5, 2, 3)).toBeCloseTo(1 - 1 / 10);
  expect(passAtK(3, 3, 3)).toBe(1);
  expect(passAtK(3, 0, 2)).toBe(0);
  expect(passAtK(2, 1, 3)).toBeUndefined();
});

const outcome = (
  model: string,
  level: 0 | 1 | 2 | 3,
  score?: [raw: number, strict: number, pass: boolean],
): Outcome => ({
  model,
  taskId: 't',
  framework: 'express',
  level,
  sample: 1,
  score: score && { raw: score[0], strict: score[1], pass: score[2] },
});

describe('the decay curve', () => {
  it('has a point for each level, keeps strict and raw apart, and does not count the unscored', () => {
    const [a, b] = decayCurves([
      outcome('a', 0, [1, 1, true]),
      outcome('a', 0, [0.8, 0.8, false]),
      outcome('a', 3, [0.6, 0, false]),
      outcome('a', 3),
      outcome('b', 1, [0.5, 0.5, false]),
    ]);
    expect(a?.points.map(({ runs, unscored }) => [runs, unscored])).toEqual([
      [2, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
    expect(a?.points[0]?.raw?.value).toBeCloseTo(0.9);
    expect(a?.points[3]?.strict?.value).toBe(0);
    expect(a?.decay?.raw).toBeCloseTo(-0.3);
    expect(a?.decay?.strict).toBeCloseTo(-0.9);
    expect(a?.decay?.pass).toBeCloseTo(-0.5);
    expect(b?.decay).toBeUndefined();
    expect(b?.points[0]?.raw).toBeUndefined();
  });
});

it('a CSV cell is never a formula, and survives quotes and line breaks', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['=1+1', 'x,"y"\nz'],
        [-1, undefined],
      ],
    ),
  ).toBe('a,b\r\n\'=1+1,"x,""y""\nz"\r\n-1,\r\n');
});
