import type { CollectionResult, CollectionRole, CollectionSource } from '../domain/collection.ts';
import type { RunRecord } from '../domain/run.ts';
import type { Profile } from '../domain/verdict.ts';
import type { RawHeaders } from '../engines/engine.ts';
import type { BrowserEngineId, createEngine, EngineSettings } from '../engines/index.ts';
import type { RunLimits } from '../evaluate/limits.ts';
import type { RunEvent } from '../evaluate/types.ts';
import type { HostFailure } from './host.ts';

/** What the command line and the tests ask of the harness page. JSON, as it crosses the debugging protocol. */
export interface HarnessRequest {
  taskId: string;
  /** As in a run record: text as it is, binary content as `{base64}`. */
  files: RunRecord['files'];
  engine: BrowserEngineId;
  settings?: EngineSettings;
}

export interface HarnessRunRequest extends HarnessRequest {
  source: RunRecord['source'];
  profile: Profile;
  /** A user's own collection, run in place of the suite or beside it. */
  collection?: { source: CollectionSource; role: CollectionRole };
  /** Shorter limits than those of domain/limits.ts, for tests of what never comes up. */
  limits?: Partial<RunLimits>;
}

export interface HarnessServeRequest extends HarnessRequest {
  /** WebSocket that connections come over; see engines/net/mux.ts. */
  bridge: string;
}

/** `undefined` when the run was cancelled. */
export type HarnessRunResult = RunRecord | undefined;

/** A collection alone, against a server that the driver of the page reaches for it. */
export interface HarnessCollectRequest {
  source: CollectionSource;
  port: number;
  requestMs: number;
  scriptMs: number;
  collectionMs: number;
  recordedBodyBytes: number;
}

/** A request that the page cannot send itself, and its answer; bodies in base64. */
export interface OutsideRequest {
  method: string;
  target: string;
  headers: RawHeaders;
  body?: string;
}
export type OutsideAnswer =
  | { status: number; statusText: string; headers: RawHeaders; body: string }
  /** No answer came: `code` as Node names it. */
  | { code: string; message: string }
  /** The driver could not try; it knows why. */
  | 'impossible';

/** `window.decay` of the harness page. Each job has a name given by the caller. */
export interface Harness {
  run(job: string, request: HarnessRunRequest): Promise<HarnessRunResult>;
  /** Resolves once the submission is healthy, or with why it is not. Then it runs until `cancel`. */
  serve(job: string, request: HarnessServeRequest): Promise<'healthy' | HostFailure>;
  /** Runs a collection whose requests go out through `window.decaySend`. */
  collect(job: string, request: HarnessCollectRequest): Promise<CollectionResult | undefined>;
  /** Ends a job and frees its sandbox. */
  cancel(job: string): Promise<void>;
  /** Versions of an engine, for the record. */
  versions(engine: BrowserEngineId): Promise<Record<string, string>>;
  /** Runs one case of the engine contract; rejects with what the engine did instead. */
  contract(engine: BrowserEngineId, name: string, port: number, settings?: EngineSettings): Promise<void>;
  /** Names of all cases of the engine contract. */
  contractNames(): Promise<readonly string[]>;
  /** For tests that drive an engine step by step. */
  readonly createEngine: typeof createEngine;
}

/** Reports of a job, in order, several at a time. */
export type HarnessReport = { type: 'event'; event: RunEvent } | { type: 'ended'; failure: HostFailure };

/** `window.decayReport`, when the driver of the page wants reports. */
export type ReportBinding = (job: string, reports: HarnessReport[]) => Promise<void> | void;

declare global {
  interface Window {
    decay?: Harness;
    decayReport?: ReportBinding;
    /** Sends a request of a job's collection to the server outside. */
    decaySend?: (job: string, request: OutsideRequest) => Promise<OutsideAnswer>;
  }
}
