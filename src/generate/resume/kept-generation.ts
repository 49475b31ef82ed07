import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { runRecord } from '../../domain/run.ts';
import { taskId } from '../../domain/task.ts';
import { presetIds } from '../client/presets.ts';
import { promptVariant } from '../prompts/variant.ts';

const short = v.pipe(v.string(), v.maxLength(500));
const option = v.union([v.string(), v.number(), v.boolean()]);

type Files = v.InferOutput<typeof runRecord.entries.files>;

/** Characters of files, as they are kept. */
export const sizeOf = (files: Files): number =>
  Object.entries(files).reduce(
    (sum, [path, content]) =>
      sum + path.length + (typeof content === 'string' ? content : content.base64).length,
    0,
  );

const files = v.pipe(
  runRecord.entries.files,
  v.check((given) => sizeOf(given) <= limits.submissionBytes, 'too large'),
);

/** All that a generation was begun with: enough to ask the same again. No key is ever in it. */
const start = v.object({
  task: taskId,
  connection: v.object({
    preset: v.picklist(presetIds),
    address: short,
    api: v.picklist(['chat', 'responses']),
  }),
  model: short,
  parameters: v.object({
    temperature: v.exactOptional(v.number()),
    topP: v.exactOptional(v.number()),
    seed: v.exactOptional(v.number()),
    reasoningEffort: v.exactOptional(short),
    maxTokens: v.exactOptional(v.number()),
  }),
  scaffold: v.object({ id: short, options: v.record(v.string(), option) }),
  /** Missing when the prompt is ours. */
  prompt: v.exactOptional(promptVariant),
  exemplar: v.exactOptional(v.object({ label: short, files })),
  /** US dollars. */
  budget: v.exactOptional(v.number()),
  /** Whether the files are run once they are there. */
  run: v.boolean(),
});
export type GenerationStart = v.InferOutput<typeof start>;

/** A generation whose answers are kept until its run is. Version 1. */
export const keptGeneration = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  start,
  /** How many answers are kept; they are rows of their own, see `rememberAnswers`. */
  answers: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Their characters together. */
  characters: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** US dollars of all of them; missing when that of one is not known. */
  cost: v.exactOptional(v.number()),
  /** What the answers gave so far; missing when they gave none, or more than is kept. */
  files: v.exactOptional(files),
  /** The model has written everything; it was not run yet. */
  finished: v.boolean(),
});
export type KeptGeneration = v.InferOutput<typeof keptGeneration>;

/** Whether a generation can be kept: one with an example that is too large cannot. */
export const canBeKept = (given: GenerationStart): boolean => v.is(start, given);
