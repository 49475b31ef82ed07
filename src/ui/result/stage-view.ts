import type { LogLine, StageName, StageRecord } from '../../domain/run.ts';
import type { Run, StageState } from '../runs/run.svelte.ts';
import type { Output } from './output.svelte.ts';

/** The last lines that a stage wrote, and how many it wrote in all. */
export function linesOfStage(
  output: Output,
  stage: StageName,
  most: number,
): { lines: readonly LogLine[]; all: number } {
  const lines: LogLine[] = [];
  let all = 0;
  for (let at = output.count - 1; at >= 0; at--) {
    const line = output.line(at);
    if (line?.stage !== stage) continue;
    all++;
    if (lines.length < most) lines.push(line);
  }
  return { lines: lines.reverse(), all };
}

/** The run to compare with: the latest earlier one of the same task that ended with a record, on the same engine. */
export function runBefore(run: Run, runs: readonly Run[]): Run | undefined {
  const earlier = runs.filter(
    (other) =>
      other.id < run.id &&
      other.task.id === run.task.id &&
      other.record !== undefined &&
      (run.record === undefined || other.record.engine.id === run.record.engine.id),
  );
  return earlier.sort((a, b) => b.id - a.id)[0];
}

/** How a stage went in a record; undefined when it was skipped or is missing. */
export function stageOf(run: Run | undefined, name: StageName): StageRecord | undefined {
  const stage = run?.record?.stages.find((one) => one.name === name);
  return stage?.status === 'skipped' ? undefined : stage;
}

/** Shares of the whole, 0 to 1, of the stages that took time. */
export function shares(
  stages: readonly Pick<StageState, 'name' | 'ms'>[],
): Partial<Record<StageName, number>> {
  const sum = stages.reduce((total, { ms }) => total + (ms ?? 0), 0);
  if (sum === 0) return {};
  return Object.fromEntries(stages.flatMap(({ name, ms }) => (ms ? [[name, ms / sum]] : [])));
}
