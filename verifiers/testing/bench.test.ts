import { expect, it } from 'vitest';
import { bench } from './bench.ts';

it('measures a submission of as many files as it is told, which is compliant', () => {
  let now = 0;
  const { files, times } = bench(24, 2, () => now++);
  expect(files).toBe(32);
  expect(times).toEqual([1, 1]);
});
