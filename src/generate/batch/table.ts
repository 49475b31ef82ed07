import { findTask } from '../../../tasks/index.ts';
import type { Level } from '../../domain/task.ts';
import { parametersText } from './lineup.ts';
import type { Batch, BatchCell } from './state.ts';

/** A finished cell as a row: what statistics and exports work with. */
export interface BatchRow {
  readonly model: string;
  readonly modelId: string;
  /** Base address of the API. */
  readonly address: string;
  /** In one line; empty when they are those of the provider. */
  readonly parameters: string;
  readonly taskId: string;
  readonly framework: string;
  readonly level: Level;
  readonly sample: number;
  readonly score:
    | {
        readonly passed: number;
        readonly total: number;
        readonly raw: number;
        readonly strict: number;
        readonly pass: boolean;
      }
    | undefined;
  readonly unscored: string | undefined;
  readonly runId: string;
  readonly turns: number;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cost: number | undefined;
  /** Milliseconds that the model took. */
  readonly ms: number;
}

/** One row for each cell that is done, in the order of the cells. */
export function rowsOf(batch: Batch): BatchRow[] {
  return batch.cells.flatMap((cell) => {
    const row = rowOf(batch, cell);
    return row === undefined ? [] : [row];
  });
}

function rowOf(
  batch: Batch,
  { model: place, task: id, sample, status, result }: BatchCell,
): BatchRow | undefined {
  const model = batch.models[place];
  const task = findTask(id);
  if (status !== 'done' || result === undefined || model === undefined || task === undefined)
    return undefined;
  const { score, unscored, runId, turns, usage, cost, ms } = result;
  return {
    model: model.label,
    modelId: model.id,
    address: model.connection.address,
    parameters: parametersText(model),
    taskId: id,
    framework: task.framework,
    level: task.level,
    sample,
    score,
    unscored: unscored === undefined ? undefined : `${unscored.reason}: ${unscored.detail}`,
    runId,
    turns,
    inputTokens: usage?.input,
    outputTokens: usage?.output,
    cost,
    ms,
  };
}

/** Columns of the exported table. */
export const rowHeader = [
  'model',
  'model id',
  'address',
  'parameters',
  'task',
  'framework',
  'level',
  'sample',
  'passed',
  'total',
  'raw',
  'strict',
  'pass',
  'unscored',
  'run',
  'turns',
  'input tokens',
  'output tokens',
  'cost usd',
  'model ms',
] as const;

export function rowCells(row: BatchRow): (string | number | undefined)[] {
  const { score } = row;
  return [
    row.model,
    row.modelId,
    row.address,
    row.parameters,
    row.taskId,
    row.framework,
    row.level,
    row.sample,
    score?.passed,
    score?.total,
    score?.raw,
    score?.strict,
    score === undefined ? undefined : String(score.pass),
    row.unscored,
    row.runId,
    row.turns,
    row.inputTokens,
    row.outputTokens,
    row.cost,
    row.ms,
  ];
}
