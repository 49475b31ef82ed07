import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../store/index.ts';
import { HistoryList, pageRows } from './history-list.svelte.ts';

function run(at: number, change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: `run${at}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
    task: { id: 'koa-sqlite', version: '1.0.0' },
    source: { kind: 'paste', label: `label ${at}` },
    outcome: 'failed',
    framework: 'koa',
    level: 1,
    size: 10,
    ...change,
  };
}
const listOf = (...runs: RunSummary[]) => new HistoryList(() => runs);
const found = (list: HistoryList) => list.found.map(({ id }) => id);

describe('the list of runs', () => {
  it('has the newest first, and those without a score or a duration last when the best are asked for', () => {
    const score = { passed: 1, failed: 0, notReached: 0, total: 1, raw: 1, pass: true };
    const list = listOf(
      run(1, { ms: 30, verdict: { kind: 'scored', score: { ...score, strict: 0.5 } } }),
      run(2, { verdict: { kind: 'unscored', reason: 'engine' } }),
      run(3, { ms: 20, verdict: { kind: 'scored', score: { ...score, strict: 0 } } }),
    );
    expect(found(list)).toEqual(['run3', 'run2', 'run1']);
    list.sortBy('strict');
    expect(found(list)).toEqual(['run1', 'run3', 'run2']);
    list.sortBy('ms');
    expect([list.descending, ...found(list)]).toEqual([false, 'run2', 'run3', 'run1']);
    list.sortBy('ms');
    expect(found(list)).toEqual(['run1', 'run3', 'run2']);
  });

  it('is narrowed by every filter, and says so', () => {
    const list = listOf(
      run(1),
      run(2, { level: 0, source: { kind: 'model', label: 'model' }, model: 'big' }),
    );
    expect(list.narrowed).toBe(false);
    list.level = '0';
    expect([list.narrowed, ...found(list)]).toEqual([true, 'run2']);
    list.clear();
    list.source = 'paste';
    expect(found(list)).toEqual(['run1']);
    list.clear();
    list.text = 'BIG model';
    expect(found(list)).toEqual(['run2']);
    list.clear();
    expect([list.narrowed, list.found.length]).toEqual([false, 2]);
  });

  it('acts on what is found only, however much was selected', () => {
    const list = listOf(run(1), run(2, { framework: 'flask' }));
    list.selectAll(true);
    list.framework = 'flask';
    expect(list.selection.map(({ id }) => id)).toEqual(['run2']);
    list.select('run2', false);
    expect(list.selection).toEqual([]);
    list.clear();
    expect(list.selection.map(({ id }) => id)).toEqual(['run1']);
  });

  it('leaves a run under way out of a selection', () => {
    const list = listOf(run(1), run(2, { outcome: 'running' }));
    list.selectAll(true);
    list.select('run2', true);
    expect(list.selection.map(({ id }) => id)).toEqual(['run1']);
    expect(list.selectable).toHaveLength(1);
  });

  it('draws a part, and more when asked', () => {
    const list = listOf(...Array.from({ length: pageRows + 30 }, (_, at) => run(at)));
    expect([list.shown.length, list.more]).toEqual([pageRows, 30]);
    list.showMore();
    expect([list.shown.length, list.more]).toEqual([pageRows + 30, 0]);
  });
});
