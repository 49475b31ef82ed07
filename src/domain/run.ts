import * as v from 'valibot';
import { byName } from './by-name.ts';
import { collectionResult, collectionRole, collectionSource } from './collection.ts';
import { substitutionKind } from './engine-report.ts';
import { generation } from './generation.ts';
import { disagreement, score, suiteResult, verifyResult } from './verdict.ts';
import { taskId } from './task.ts';

/** The stages of a run, in order. */
export const stageNames = ['boot', 'install', 'start', 'health', 'suite', 'verify', 'score'] as const;
export type StageName = (typeof stageNames)[number];

export const stageRecord = v.object({
  name: v.picklist(stageNames),
  status: v.picklist(['passed', 'failed', 'skipped']),
  /** Milliseconds since the run began, and how long the stage took. */
  startedAt: v.number(),
  ms: v.number(),
  /** Why it failed or was skipped. */
  message: v.optional(v.string()),
  exitCode: v.optional(v.number()),
});
export type StageRecord = v.InferOutput<typeof stageRecord>;

export const logLine = v.object({
  /** Milliseconds since the run began. */
  at: v.number(),
  stage: v.picklist(stageNames),
  stream: v.picklist(['stdout', 'stderr', 'system']),
  text: v.string(),
});
export type LogLine = v.InferOutput<typeof logLine>;

export const verdict = v.variant('kind', [
  v.object({ kind: v.literal('scored'), score }),
  /** The engine's fault, or nobody's: says nothing about the submission. */
  v.object({ kind: v.literal('unscored'), reason: v.string(), detail: v.string() }),
]);
export type Verdict = v.InferOutput<typeof verdict>;

export const submissionSource = v.object({
  kind: v.picklist(['reference', 'paste', 'folder', 'archive', 'patch', 'link', 'model']),
  /** For people, e.g. `reference express-unconstrained (written by hand)`. */
  label: v.string(),
});

/** All that is needed to run it again. Version 1. */
export const runRecord = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.maxLength(64)),
  /** ISO 8601. */
  createdAt: v.string(),
  task: v.object({ id: taskId, version: v.string() }),
  source: submissionSource,
  /** How a model was asked for the submission; missing when none was. */
  generation: v.optional(generation),
  /** Text as it is; binary content as `{base64}`. */
  files: byName(v.union([v.string(), v.object({ base64: v.string() })])),
  engine: v.object({
    id: v.picklist(['node', 'python', 'webcontainer', 'native']),
    versions: v.record(v.string(), v.string()),
  }),
  /** Installed packages by name: version. Empty when unknown. */
  packages: byName(v.string()),
  substitutions: v.array(
    v.object({
      package: v.string(),
      kind: substitutionKind,
      detail: v.string(),
    }),
  ),
  stages: v.array(stageRecord),
  log: v.array(logLine),
  /** True when output was dropped because there was too much. */
  logTruncated: v.boolean(),
  /** What the verdict counts: the built-in suite, or a collection run in its place. */
  suite: v.optional(suiteResult),
  /** A user's own Postman collection, run in place of the suite or beside it. */
  collection: v.optional(
    v.object({
      role: collectionRole,
      source: collectionSource,
      /** Missing when the server never got healthy. */
      result: v.optional(collectionResult),
    }),
  ),
  /** The profile that decides first, then the others. */
  verify: v.array(verifyResult),
  /** Where the profiles differ, and why. */
  disagreements: v.optional(v.array(disagreement)),
  /** The verifier profile that decided A% and pass. */
  profile: v.picklist(['paper', 'parser']),
  verdict,
  /** Milliseconds from start to verdict. */
  ms: v.number(),
});
export type RunRecord = v.InferOutput<typeof runRecord>;
