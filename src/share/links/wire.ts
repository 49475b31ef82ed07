import * as v from 'valibot';
import { collectionRole, collectionSource } from '../../domain/collection.ts';
import { generation } from '../../domain/generation.ts';
import { limits } from '../../domain/limits.ts';
import { runRecord } from '../../domain/run.ts';
import { disagreement } from '../../domain/verdict.ts';

/** The JSON of a link, version 1. docs/links.md describes it. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000));
const index = v.pipe(count, v.maxValue(1_000));
const path = v.pipe(v.string(), v.maxLength(limits.pathLength));
const name = v.pipe(v.string(), v.maxLength(200));

/** `[path, …]`: text, bytes, the same as a file of a base, a delta against one. */
const wireFile = v.union([
  v.strictTuple([path, v.string()]),
  v.strictTuple([path, v.strictObject({ base64: v.string() })]),
  v.strictTuple([path, index, path]),
  v.strictTuple([path, index, path, v.array(v.union([v.string(), v.number()]))]),
]);
export type WireFile = v.InferOutput<typeof wireFile>;

export const wireFiles = v.strictObject({
  /** All files of this base, but for these. */
  all: v.optional(v.strictTuple([index, v.array(path)])),
  own: v.array(wireFile),
});
export type WireFiles = v.InferOutput<typeof wireFiles>;

/** A task whose reference is used, and the hash of `[[path, text], …]` of the files that are, by path. */
const wireBase = v.strictTuple([name, v.pipe(v.string(), v.maxLength(64))]);
export type WireBase = v.InferOutput<typeof wireBase>;

const wireSuite = v.strictObject({
  id: name,
  version: name,
  total: count,
  /** Results in the suite's order, each with how often it follows: `p80f1n5`. */
  outcome: v.pipe(v.string(), v.regex(/^(?:[pfn]\d{1,6})*$/)),
  /** Message, expected and got of the failed ones, in order; the last may be missing. Empty where there is none. */
  failed: v.array(v.strictTuple([v.string(), v.string(), v.string()])),
  /** Why assertions were not reached, in order, each with for how many. */
  unreached: v.array(v.strictTuple([count, v.string()])),
  /** Id, group, endpoint, sentence of every assertion of a suite that is not the playground's own. */
  texts: v.optional(v.array(v.strictTuple([v.string(), v.string(), v.string(), v.string()]))),
});
export type WireSuite = v.InferOutput<typeof wireSuite>;

const { createdAt, ms, task, source, engine, packages, substitutions, stages, verify, profile, verdict } =
  runRecord.entries;

const wireRun = v.strictObject({
  createdAt,
  ms,
  task,
  source,
  generation: v.optional(generation),
  engine,
  packages,
  substitutions,
  files: wireFiles,
  collection: v.optional(v.strictObject({ role: collectionRole, source: collectionSource })),
  stages,
  suite: v.optional(wireSuite),
  verify,
  disagreements: v.optional(v.array(disagreement)),
  profile,
  verdict,
});
export type WireRun = v.InferOutput<typeof wireRun>;

export const wireShare = v.strictObject({
  version: v.literal(1),
  hash: v.string(),
  bases: v.array(wireBase),
  runs: v.pipe(v.array(wireRun), v.minLength(1)),
  at: v.optional(v.strictTuple([index, v.string()])),
});
export type WireShare = v.InferOutput<typeof wireShare>;
