import * as v from 'valibot';
import { tokenUsage } from '../../domain/generation.ts';
import { taskId } from '../../domain/task.ts';
import { presetIds } from '../client/presets.ts';
import { promptVariant } from '../prompts/variant.ts';
import { lineUp } from './lineup.ts';

const option = v.union([v.string(), v.number(), v.boolean()]);
const short = v.pipe(v.string(), v.maxLength(200));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A model of a batch. No key is ever in it: the page finds one by the address. */
export const batchModel = v.object({
  connection: v.object({
    preset: v.picklist(presetIds),
    address: v.pipe(v.string(), v.maxLength(500)),
    api: v.picklist(['chat', 'responses']),
  }),
  id: short,
  /** Different for two entries of one model with other parameters. */
  label: short,
  parameters: v.object({
    temperature: v.optional(v.number()),
    topP: v.optional(v.number()),
    seed: v.optional(v.number()),
    reasoningEffort: v.optional(short),
    maxTokens: v.optional(v.number()),
  }),
});
export type BatchModel = v.InferOutput<typeof batchModel>;

/** What came out of a cell. */
export const cellResult = v.object({
  runId: v.string(),
  score: v.optional(
    v.object({ passed: count, total: count, raw: v.number(), strict: v.number(), pass: v.boolean() }),
  ),
  unscored: v.optional(v.object({ reason: v.string(), detail: v.string() })),
  turns: count,
  usage: v.optional(tokenUsage),
  /** US dollars; missing when a price is not known. */
  cost: v.optional(v.number()),
  /** Milliseconds that the model took. */
  ms: v.number(),
});
export type CellResult = v.InferOutput<typeof cellResult>;

export const batchCell = v.object({
  id: short,
  /** Place in `models`. */
  model: count,
  task: taskId,
  /** From 1. */
  sample: count,
  status: v.picklist(['waiting', 'running', 'done']),
  /** How often the model was asked anew; answers of one attempt are kept and used again. */
  attempt: count,
  /** All that was paid for it, earlier attempts and broken ones included: answers that are used again cost nothing. */
  paid: v.optional(
    v.object({
      /** US dollars that are known. */
      cost: v.number(),
      tokens: count,
      /** Answers whose cost is not known. */
      unpriced: count,
    }),
  ),
  result: v.optional(cellResult),
});
export type BatchCell = v.InferOutput<typeof batchCell>;

/** Models x tasks x samples, asked in one way. Version 1. */
export const batch = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name: v.pipe(v.string(), v.maxLength(120)),
  /** ISO 8601. */
  createdAt: v.string(),
  models: v.pipe(v.array(batchModel), v.minLength(1), v.maxLength(50)),
  scaffold: v.object({ id: short, options: v.record(v.string(), option) }),
  /** Missing when the prompt is ours. */
  prompt: v.optional(promptVariant),
  /** Task id of the reference that is shown as an example. */
  exemplar: v.optional(v.string()),
  concurrency: v.pipe(count, v.minValue(1), v.maxValue(16)),
  budget: v.object({ cost: v.optional(v.number()), tokens: v.optional(v.number()) }),
  cells: v.pipe(v.array(batchCell), v.maxLength(20_000)),
});
export type Batch = v.InferOutput<typeof batch>;

export interface BatchPlan {
  readonly name: string;
  readonly models: readonly BatchModel[];
  readonly tasks: readonly string[];
  readonly samples: number;
  readonly scaffold: Batch['scaffold'];
  readonly prompt?: Batch['prompt'];
  readonly exemplar?: string;
  readonly concurrency: number;
  readonly budget?: Batch['budget'];
}

/**
 * A batch with all its cells waiting: first one sample of everything, so that a curve shows early.
 * @throws ValiError when a part of the plan is not possible
 */
export function planBatch(plan: BatchPlan, id: string, now = new Date()): Batch {
  const models = lineUp(plan.models);
  const cells: BatchCell[] = [];
  for (let sample = 1; sample <= plan.samples; sample++) {
    for (const task of plan.tasks) {
      models.forEach((_, model) => {
        cells.push({ id: `${model}.${task}.${sample}`, model, task, sample, status: 'waiting', attempt: 1 });
      });
    }
  }
  const { name, scaffold, prompt, exemplar, concurrency, budget = {} } = plan;
  return v.parse(batch, {
    version: 1,
    id,
    name,
    createdAt: now.toISOString(),
    models,
    scaffold,
    ...(prompt !== undefined && { prompt }),
    ...(exemplar !== undefined && { exemplar }),
    concurrency,
    budget,
    cells,
  });
}

/** A batch as it is after a reload: what was under way waits again. */
export const restored = (stored: Batch): Batch => ({
  ...stored,
  cells: stored.cells.map((cell) => (cell.status === 'running' ? { ...cell, status: 'waiting' } : cell)),
});

export interface BatchProgress {
  readonly total: number;
  readonly done: number;
  readonly running: number;
  readonly unscored: number;
  /** US dollars that are known. */
  readonly cost: number;
  /** Cells whose cost is not known. */
  readonly unpriced: number;
  readonly tokens: number;
}

export function progressOf({ cells }: Pick<Batch, 'cells'>): BatchProgress {
  const paid = cells.map(paidFor);
  return {
    total: cells.length,
    done: cells.filter(({ status }) => status === 'done').length,
    running: cells.filter(({ status }) => status === 'running').length,
    unscored: cells.filter(({ status, result }) => status === 'done' && result?.score === undefined).length,
    cost: paid.reduce((sum, { cost }) => sum + cost, 0),
    unpriced: paid.filter(({ unpriced }) => unpriced > 0).length,
    tokens: paid.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

/** What was paid for a cell: at least what its result took, as a tab that was closed may not have noted all. */
export function paidFor({ paid, result }: BatchCell): NonNullable<BatchCell['paid']> {
  const { cost = 0, tokens = 0, unpriced = 0 } = paid ?? {};
  const used = result?.usage === undefined ? 0 : result.usage.input + result.usage.output;
  const unknown = result !== undefined && result.cost === undefined && result.turns > 0 ? 1 : 0;
  return {
    cost: Math.max(cost, result?.cost ?? 0),
    tokens: Math.max(tokens, used),
    unpriced: Math.max(unpriced, unknown),
  };
}
