import { describeTask } from '../../../tasks/index.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { Level, Task } from '../../domain/task.ts';
import { levels } from './level-plan.ts';
import type { Run } from './run.svelte.ts';

/** A run on the line from level to level. */
export interface LevelPoint {
  /** Undefined when the task is not known. */
  readonly level: Level | undefined;
  /** 0 to 1; undefined until it is known, or when there is none. */
  readonly strict: number | undefined;
  readonly raw: number | undefined;
}

/** One run of a group, as its column says it. */
export interface GroupColumn extends LevelPoint {
  readonly run: Run;
  readonly level: Level;
  /** `passed/total`, while it runs of those that came. */
  readonly assertions: string;
  readonly outcome: 'waiting' | 'running' | 'passed' | 'failed' | 'unscored' | 'cancelled' | 'broken';
}

/** How each outcome is coloured. */
export const outcomeTones: Readonly<Record<GroupColumn['outcome'], 'good' | 'bad' | 'odd' | ''>> = {
  waiting: '',
  running: '',
  passed: 'good',
  failed: 'bad',
  unscored: 'odd',
  cancelled: '',
  broken: 'odd',
};

export function groupColumn(run: Run): GroupColumn {
  const passed = run.assertions.filter(({ status }) => status === 'passed').length;
  const { length } = run.assertions;
  return {
    run,
    level: run.task.level,
    ...sharesOf(run.record?.verdict),
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

/** The two shares of a verdict. */
export function sharesOf(verdict: RunRecord['verdict'] | undefined): Pick<LevelPoint, 'strict' | 'raw'> {
  const score = verdict?.kind === 'scored' ? verdict.score : undefined;
  return { strict: score?.strict, raw: score?.raw };
}

/** What stands over the column of a task beside its level: its rules, and its framework where there are several. */
export function columnName(task: Task, all: readonly Task[]): string {
  const [framework = '', ...rules] = describeTask(task)
    .replace(/ \(L\d\)$/, '')
    .split(', ');
  const mixed = all.some((other) => other.framework !== task.framework);
  return (mixed ? [framework, ...rules] : rules).join(', ');
}

/** Level and share of each run that has a score, for a line from level to level; of one level the mean. */
export function decayPoints(
  points: readonly LevelPoint[],
  measure: 'strict' | 'raw',
): readonly { readonly level: Level; readonly share: number }[] {
  return levels.flatMap((level) => {
    const shares = points.flatMap((point) => (point.level === level ? (point[measure] ?? []) : []));
    if (shares.length === 0) return [];
    return [{ level, share: shares.reduce((sum, share) => sum + share, 0) / shares.length }];
  });
}
