import type { LogLine } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { FileMap, RawRequest, RawResponse } from '../engines/engine.ts';
import type { Tested } from './suite-stage.ts';
import type { RunEvent } from './types.ts';

/** On what the suite runs again: the server as it stands, or started anew with nothing but the submission's files. */
export type SuiteState = 'as-is' | 'restarted';

/** What the suite alone gave. It is no run: nothing was installed, and no rule was checked. */
export interface SuiteAlone extends Pick<Tested, 'suite' | 'collection'> {
  readonly state: SuiteState;
  /** The files that the server was started with. */
  readonly files: FileMap;
  /** Milliseconds, with those of a restart. */
  readonly ms: number;
}

export interface WorkOptions {
  signal?: AbortSignal;
  /** Called in order; must not throw. */
  onEvent?: (event: RunEvent) => void;
}

export interface SuiteOptions extends WorkOptions {
  /** What the server is started with when it is restarted; without it the files it has. */
  files?: FileMap;
}

export interface LiveEvents {
  /** A line of the server's output, or of the sandbox's own; `at` counts from when the server was kept. */
  log: LogLine;
  /** The server has begun, or ended to run. */
  running: boolean;
}

/** The server of a submission in its sandbox, kept after the run. Work that changes it is done one at a time. */
export interface LiveServer {
  readonly task: Task;
  /** The files it was started with last. */
  readonly files: FileMap;
  /** Whether run.sh, or what it left behind, is expected to answer. */
  readonly running: boolean;
  /** Resolves with why when the sandbox is gone: it failed, or it was disposed. */
  readonly ended: Promise<string>;
  /** One exchange. @throws EngineError, or the signal's reason */
  request(request: RawRequest, signal?: AbortSignal): Promise<RawResponse>;
  on<K extends keyof LiveEvents>(event: K, listener: (value: LiveEvents[K]) => void): () => void;
  /**
   * Runs the suite (with the run's own collection) against the server. A restart removes what the server left behind in
   * its directory and in /tmp.
   * @throws LiveFault when the server does not get healthy again; EngineFault; AbortError
   */
  runSuite(state: SuiteState, options?: SuiteOptions): Promise<SuiteAlone>;
  /**
   * Starts run.sh anew over exactly these files; installs again only when the dependency file has changed.
   * @throws LiveFault, EngineFault, AbortError
   */
  apply(files: FileMap, options?: WorkOptions): Promise<void>;
  /** Ends the sandbox. Safe to call twice. */
  dispose(): Promise<void>;
}

/** The submission could not be started again; the message says why. */
export class LiveFault extends Error {
  override readonly name = 'LiveFault';
}
