import type { Task } from '../domain/task.ts';
import type { RunRecord } from '../domain/run.ts';
import type { Duplex, FileMap } from '../engines/engine.ts';
import type { RunEvent, RunRequest } from '../evaluate/types.ts';
import type { HostFailure } from '../harness/host.ts';
import type { EngineChoice } from './args.ts';

export interface RunnerOptions {
  signal: AbortSignal;
  onEvent?: (event: RunEvent) => void;
}

/** A submission that is up, seen from the command line. */
export interface Served {
  /** A connection to the submission's port. */
  connect(): Promise<Duplex>;
  /** Resolves when the submission, or what runs it, ends by itself. */
  readonly ended: Promise<HostFailure>;
  stop(): Promise<void>;
}

/** One engine as the command line uses it, in a browser or on this machine. */
export interface Runner {
  /** @throws AbortError when cancelled; Error when the engine itself breaks. */
  run(request: Omit<RunRequest, 'engine'>, options: RunnerOptions): Promise<RunRecord>;
  /** @returns the healthy submission, or why there is none. @throws AbortError when cancelled. */
  serve(task: Task, files: FileMap, options: RunnerOptions): Promise<Served | HostFailure>;
  close(): Promise<void>;
}

/** Starts what an engine needs. @throws Error with what to do when it cannot be had here. */
export type OpenRunner = (engine: EngineChoice) => Promise<Runner>;
