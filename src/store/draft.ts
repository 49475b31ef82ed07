import * as v from 'valibot';
import { collectionRole, collectionSource } from '../domain/collection.ts';
import { generation } from '../domain/generation.ts';
import { runRecord, stageNames } from '../domain/run.ts';

/** A run under way: enough to begin it again when the page is closed in the middle. Version 1. */
export const runDraft = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** ISO 8601. */
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  task: runRecord.entries.task,
  source: runRecord.entries.source,
  generation: v.optional(generation),
  files: runRecord.entries.files,
  engine: runRecord.entries.engine.entries.id,
  profile: runRecord.entries.profile,
  /** The user's own collection, when one judges. */
  collection: v.optional(v.object({ source: collectionSource, role: collectionRole })),
  /** How far it has come. */
  stage: v.optional(v.picklist(stageNames)),
  passed: v.optional(v.number()),
  failed: v.optional(v.number()),
});
export type RunDraft = v.InferOutput<typeof runDraft>;
