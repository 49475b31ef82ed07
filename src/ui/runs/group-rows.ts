import type { Level } from '../../domain/task.ts';
import { describeTask } from '../../../tasks/index.ts';
import type { Run } from './run.svelte.ts';

/** One run of a group, as its column says it. */
export interface GroupColumn {
  readonly run: Run;
  readonly level: Level;
  /** Without the framework and the level, which stand elsewhere. */
  readonly rules: string;
  /** 0 to 1; undefined until it is known, or when there is none. */
  readonly strict: number | undefined;
  readonly raw: number | undefined;
  /** `passed/total`, while it runs of those that came. */
  readonly assertions: string;
  readonly outcome: 'waiting' | 'running' | 'passed' | 'failed' | 'unscored' | 'cancelled' | 'broken';
}

export function groupColumn(run: Run): GroupColumn {
  const verdict = run.record?.verdict;
  const score = verdict?.kind === 'scored' ? verdict.score : undefined;
  const passed = run.assertions.filter(({ status }) => status === 'passed').length;
  const { length } = run.assertions;
  return {
    run,
    level: run.task.level,
    rules: rulesOf(run),
    strict: score?.strict,
    raw: score?.raw,
    assertions: length === 0 ? '' : `${passed}/${length}`,
    outcome: outcomeOf(run),
  };
}

function outcomeOf(run: Run): GroupColumn['outcome'] {
  if (run.queued) return 'waiting';
  if (run.phase !== 'finished') return run.phase;
  const verdict = run.record?.verdict;
  if (verdict?.kind !== 'scored') return 'unscored';
  return verdict.score.pass ? 'passed' : 'failed';
}

function rulesOf({ task }: Run): string {
  const [framework = '', ...rules] = describeTask(task)
    .replace(/ \(L\d\)$/, '')
    .split(', ');
  return rules.length === 0 ? framework : rules.join(', ');
}

/** Level and share of each run that has a score, for a line from level to level; of one level the mean. */
export function decayPoints(
  columns: readonly GroupColumn[],
  measure: 'strict' | 'raw',
): readonly { readonly level: Level; readonly share: number }[] {
  const byLevel = Map.groupBy(
    columns.filter((column) => column[measure] !== undefined),
    ({ level }) => level,
  );
  return [...byLevel]
    .toSorted(([a], [b]) => a - b)
    .map(([level, same]) => ({
      level,
      share: same.reduce((sum, column) => sum + (column[measure] ?? 0), 0) / same.length,
    }));
}
