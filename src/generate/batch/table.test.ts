import { describe, expect, it } from 'vitest';
import { decayCurves } from '../../report/decay.ts';
import { toCsv } from '../../report/csv.ts';
import { planBatch, progressOf, rowCells, rowHeader, rowsOf, type Batch, type BatchCell } from './index.ts';

const connection = { preset: 'custom' as const, address: 'http://localhost:1/v1', api: 'chat' as const };
const byLevel = ['unconstrained', 'sqlite', 'sqlite-sequelize', 'clean_architecture-sqlite-sequelize'];

/** Three models, two frameworks, four levels, three samples: six runs of each model at each level. */
const planned = planBatch(
  {
    name: 'known rates',
    models: ['even', '=falling', 'flaky'].map((id) => ({ connection, id, label: id, parameters: {} })),
    tasks: ['express', 'koa'].flatMap((framework) =>
      byLevel.map((constraints) => `${framework}-${constraints}`),
    ),
    samples: 3,
    scaffold: { id: 'single-shot', options: {} },
    concurrency: 1,
  },
  'known',
  new Date(0),
);

/** What a cell gave: `even` has 800 of 1,000 everywhere; `=falling` passes, and from L2 on breaks a rule in one of two
 * frameworks; `flaky` passes its first sample, fails its second at half, and has no score in its third. */
function played({ model, task, sample }: BatchCell): NonNullable<BatchCell['result']> {
  const spent = {
    runId: 'r',
    turns: 1,
    ms: 5,
    cost: 0.25,
    usage: { input: 10, output: 5, cached: 0, reasoning: 0 },
  };
  const score = (passed: number, strict: number, pass: boolean) => ({
    ...spent,
    score: { passed, total: 1000, raw: passed / 1000, strict, pass },
  });
  if (model === 0) return score(800, 0.8, false);
  const breaks = task.startsWith('koa') && task.includes('sequelize');
  if (model === 1) return breaks ? score(1000, 0, false) : score(1000, 1, true);
  if (sample === 1) return score(1000, 1, true);
  if (sample === 2) return score(500, 0.5, false);
  return { ...spent, unscored: { reason: 'provider', detail: 'The provider, it failed.' } };
}
const done: Batch = {
  ...planned,
  cells: planned.cells.map((cell) => ({ ...cell, status: 'done', result: played(cell) })),
};

describe('the table of a batch', () => {
  it('has the figures that are worked out by hand', () => {
    expect(done.cells).toHaveLength(3 * 2 * 4 * 3);
    expect(progressOf(done)).toMatchObject({ total: 72, done: 72, unscored: 8, cost: 18, tokens: 1080 });
    const [even, falling, flaky] = decayCurves(rowsOf(done));
    for (const point of even?.points ?? [])
      expect(point).toMatchObject({
        runs: 6,
        unscored: 0,
        raw: { value: expect.closeTo(0.8), low: expect.closeTo(0.8), high: expect.closeTo(0.8) },
        strict: { value: expect.closeTo(0.8) },
        pass: { value: 0, low: 0 },
      });
    expect(even?.decay).toMatchObject({ raw: expect.closeTo(0), strict: expect.closeTo(0), pass: 0 });

    expect(falling?.points.map(({ raw, strict, pass }) => [raw?.value, strict?.value, pass?.value])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 0.5, 0.5],
      [1, 0.5, 0.5],
    ]);
    expect(falling?.decay).toEqual({ raw: 0, strict: -0.5, pass: -0.5 });
    // Wilson, 3 of 6: (0.5 + z²/12 ± z √(0.25/6 + z²/144)) / (1 + z²/6) with z = 1.96.
    expect(falling?.points[3]?.pass).toMatchObject({
      low: expect.closeTo(0.1876, 3),
      high: expect.closeTo(0.8124, 3),
    });

    for (const point of flaky?.points ?? [])
      expect(point).toMatchObject({ runs: 4, unscored: 2, raw: { value: 0.75 }, pass: { value: 0.5 } });
  });

  it('goes out as CSV with every run, and without a formula', () => {
    const lines = toCsv(rowHeader, rowsOf(done).map(rowCells)).trim().split('\r\n');
    expect(lines).toHaveLength(73);
    expect(lines[0]).toBe(rowHeader.join(','));
    expect(lines[2]).toMatch(
      /^'=falling,'=falling,http:\/\/localhost:1\/v1,,express-unconstrained,express,0,1,1000,1000,1,1,true,/,
    );
    expect(lines.filter((line) => line.includes('"provider: The provider, it failed."'))).toHaveLength(8);
  });

  it('has a curve for each model in its order, before there are runs', () => {
    const curves = decayCurves(rowsOf(planned), ['even', '=falling', 'flaky']);
    expect(curves.map(({ model }) => model)).toEqual(['even', '=falling', 'flaky']);
    expect(curves[0]?.points.every(({ runs, unscored }) => runs + unscored === 0)).toBe(true);
    expect(curves[0]?.decay).toBeUndefined();
  });
});
