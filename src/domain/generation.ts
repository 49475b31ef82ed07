import * as v from 'valibot';

/** One thing that a model was told: our own prompt for the task, named by its version, or a user's own in full. */
export const promptSource = v.variant('kind', [
  v.object({ kind: v.literal('template'), version: v.string() }),
  v.object({ kind: v.literal('custom'), text: v.string() }),
]);

/** How a model was asked for a submission. */
export const generation = v.object({
  model: v.object({ id: v.string(), provider: v.optional(v.string()) }),
  /** As they were sent: temperature, seed and the like. */
  parameters: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  /** In the order in which they were sent. */
  prompts: v.array(promptSource),
});
export type Generation = v.InferOutput<typeof generation>;
