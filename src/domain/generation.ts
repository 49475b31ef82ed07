import * as v from 'valibot';

/** One thing that a model was told: our own prompt for the task, named by its version, or a user's own in full. */
export const promptSource = v.variant('kind', [
  v.object({ kind: v.literal('template'), version: v.string() }),
  v.object({ kind: v.literal('custom'), text: v.string() }),
]);
export type PromptSource = v.InferOutput<typeof promptSource>;

/** Tokens as the provider counted them: `cached` is a part of `input`, `reasoning` a part of `output`. */
export const tokenUsage = v.object({
  input: v.number(),
  output: v.number(),
  cached: v.number(),
  reasoning: v.number(),
});
export type TokenUsage = v.InferOutput<typeof tokenUsage>;

/** A question to the model and its answer. */
const turnStep = v.object({
  kind: v.literal('turn'),
  /** What it was for, for people: `plan`, `round 2`. */
  label: v.string(),
  /** Messages that the model had not seen before this turn. */
  sent: v.array(v.object({ role: v.picklist(['system', 'user', 'assistant', 'tool']), text: v.string() })),
  text: v.string(),
  reasoning: v.optional(v.string()),
  toolCalls: v.optional(v.array(v.object({ name: v.string(), arguments: v.string() }))),
  finish: v.string(),
  usage: v.optional(tokenUsage),
  /** US dollars. */
  cost: v.optional(v.number()),
  /** All requests that it took, with the waits between them. */
  ms: v.number(),
  /** Of the request that was answered. */
  answerMs: v.optional(v.number()),
  /** From the beginning of that request; missing for an answer in one piece. */
  firstTokenMs: v.optional(v.number()),
});

/** What the model's tool call did. */
const toolStep = v.object({
  kind: v.literal('tool'),
  name: v.string(),
  arguments: v.string(),
  /** As the model got it. */
  result: v.string(),
  ms: v.number(),
});

/** A run on the way to the last one. */
const runStep = v.object({
  kind: v.literal('run'),
  label: v.string(),
  runId: v.string(),
  /** Missing when that run was unscored. */
  score: v.optional(
    v.object({
      passed: v.number(),
      total: v.number(),
      raw: v.number(),
      strict: v.number(),
      pass: v.boolean(),
    }),
  ),
});

/** Worth knowing: what could not be placed of an answer, what a person changed, why it ended. */
const noteStep = v.object({ kind: v.literal('note'), text: v.string() });

export const generationStep = v.variant('kind', [turnStep, toolStep, runStep, noteStep]);
export type GenerationStep = v.InferOutput<typeof generationStep>;

const option = v.union([v.string(), v.number(), v.boolean()]);

/** How a model was asked for a submission. */
export const generation = v.object({
  model: v.object({ id: v.string(), provider: v.optional(v.string()) }),
  /** As they were sent: temperature, seed and the like. */
  parameters: v.record(v.string(), option),
  /** In the order in which they were sent. */
  prompts: v.array(promptSource),
  /** The way of asking, and what was set of it. */
  scaffold: v.optional(v.object({ id: v.string(), options: v.record(v.string(), option) })),
  /** Questions that were asked of the model. */
  turns: v.optional(v.number()),
  /** Sum of all turns whose provider told it. */
  usage: v.optional(tokenUsage),
  /** US dollars, sum of all turns; missing when the price of one is not known. */
  cost: v.optional(v.number()),
  /** Milliseconds that the model took, all turns together. */
  ms: v.optional(v.number()),
  /** All that happened, in order. Links leave it out. */
  trajectory: v.optional(v.array(generationStep)),
});
export type Generation = v.InferOutput<typeof generation>;
