import type { CollectionExecution, CollectionRole, CollectionSource } from '../domain/collection.ts';
import type { Generation } from '../domain/generation.ts';
import type { LogLine, RunRecord, StageName, StageRecord, submissionSource } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { AssertionResult, Exchange, Profile } from '../domain/verdict.ts';
import type { BootProgress, Engine, FileMap } from '../engines/engine.ts';
import type { InferOutput } from 'valibot';
import type { LiveServer } from './live-types.ts';

export interface RunRequest {
  task: Task;
  files: FileMap;
  source: InferOutput<typeof submissionSource>;
  engine: Engine;
  /** The verifier profile that decides A% and pass; the others are recorded beside it. */
  profile: Profile;
  /** How a model was asked for the files; goes into the record as it is. */
  generation?: Generation;
  /** A user's own collection, run in place of the suite, or after it on the same server. */
  collection?: { source: CollectionSource; role: CollectionRole };
}

export type RunEvent =
  | { type: 'stage-start'; stage: StageName; at: number }
  | { type: 'stage-end'; record: StageRecord }
  | { type: 'progress'; stage: StageName; progress: BootProgress }
  | { type: 'log'; line: LogLine }
  | { type: 'exchange'; index: number; exchange: Exchange }
  | { type: 'assertion'; result: AssertionResult }
  /** A request of the user's collection has been made and judged. */
  | { type: 'execution'; execution: CollectionExecution };

export interface RunOptions {
  signal?: AbortSignal;
  /** Called in order; must not throw. */
  onEvent?: (event: RunEvent) => void;
  /**
   * Given, a server that got healthy is not stopped after the suite: it is handed over here before the record, and
   * lives until the receiver disposes of it. The verdict is the same.
   */
  onKept?: (server: LiveServer) => void;
}

/**
 * Runs a submission to its verdict. A fault of the submission or of the engine is in the record; the promise
 * rejects only with an `AbortError` when cancelled. The sandbox is disposed in every case, unless its server is
 * kept.
 */
export type Evaluate = (request: RunRequest, options?: RunOptions) => Promise<RunRecord>;
