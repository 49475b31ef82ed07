/**
 * The one interface behind which every engine stands: the embedded Node and Python engines, WebContainers,
 * and real processes. Shaped after `@webcontainer/api`. A caller asks for capabilities, never for a kind.
 */

import type { SubstitutionKind, UnsupportedReason } from '../domain/engine-report.ts';

/** Files by path relative to the working directory, `/`-separated; text is UTF-8. */
export type FileMap = Record<string, string | Uint8Array>;

export type Language = 'node' | 'python';

export interface EngineCapabilities {
  /** Languages whose servers this engine runs. */
  readonly languages: readonly Language[];
  /** True when code is held in a sandbox without network access; false for real processes. */
  readonly isolated: boolean;
  /** True when no network is needed once the page has loaded. */
  readonly offline: boolean;
  /** How many sandboxes may live at once. */
  readonly maxSandboxes: number;
}

export interface BootOptions {
  /** Environment of every process, below what `spawn` adds. */
  env?: Record<string, string>;
  /** Receives progress of asset and package loading. */
  onProgress?: (progress: BootProgress) => void;
}

export interface BootProgress {
  /** What is being fetched or prepared, for people. */
  readonly label: string;
  /** Bytes (or items) done so far, and in all when known. */
  readonly done: number;
  readonly total?: number;
}

export interface Engine {
  readonly id: 'node' | 'python' | 'webcontainer' | 'native';
  readonly capabilities: EngineCapabilities;
  /** Versions that go into the run record, e.g. `{node: '20.20.2'}` or `{python: '3.14.2', pyodide: '314.0.7'}`. */
  versions(): Promise<Record<string, string>>;
  /**
   * Gets ready what makes the next boot faster, while there is nothing else to do; never rejects. A sandbox that is
   * booted ahead is handed to one `boot`.
   */
  prepare?(): Promise<void>;
  /**
   * Boots a fresh sandbox.
   * @throws EngineError when the engine cannot boot here (missing browser feature, missing binary, …).
   */
  boot(options?: BootOptions, signal?: AbortSignal): Promise<Sandbox>;
}

export interface SpawnOptions {
  /** Absolute, or relative to the sandbox's working directory. Default: `workdir`. */
  cwd?: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** A chunk of a process's output. `bytes` is a copy that the reader owns. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

export interface Process {
  readonly pid: number;
  readonly output: ReadableStream<OutputChunk>;
  readonly input: WritableStream<Uint8Array>;
  /** Resolves with the exit code; 128 + signal number when killed. Never rejects. */
  readonly exit: Promise<number>;
  /** Ends the process and what it started. Default signal: SIGTERM; a process that ignores it is ended anyway. */
  kill(signal?: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): void;
}

/** Bytes as on a socket. Closing `writable` half-closes; cancelling `readable` resets. */
export interface Duplex {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  /** Resets the connection. */
  close(): void;
}

/** Header lines in wire order, duplicates kept, names as written. */
export type RawHeaders = [name: string, value: string][];

export interface RawRequest {
  method: string;
  /** Path and query as they stand in the request line. */
  target: string;
  headers: RawHeaders;
  body?: Uint8Array;
}

export interface RawResponse {
  status: number;
  statusText: string;
  headers: RawHeaders;
  body: Uint8Array;
}

export interface FileStat {
  type: 'file' | 'directory' | 'symlink';
  size: number;
  mode: number;
  /** Milliseconds since the epoch. */
  mtime: number;
}

/** Files of a sandbox. Paths are absolute or relative to `workdir`. Failures are `EngineError`s with a POSIX code. */
export interface SandboxFs {
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, data: string | Uint8Array): Promise<void>;
  mkdir(path: string, options?: { recursive?: boolean }): Promise<void>;
  readdir(path: string): Promise<{ name: string; type: FileStat['type'] }[]>;
  rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  stat(path: string): Promise<FileStat>;
  chmod(path: string, mode: number): Promise<void>;
}

/** One thing replaced or relaxed so that a package runs here; listed in the run record. */
export interface Substitution {
  readonly package: string;
  readonly kind: SubstitutionKind;
  /** One sentence: what stands in for what, and why. */
  readonly detail: string;
}

/** Something the engine cannot do for this submission; makes a failing run unscored, not failed. */
export interface Unsupported {
  readonly reason: UnsupportedReason;
  /** What was asked for, in words a person understands. */
  readonly detail: string;
}

export interface SandboxEvents {
  listen: { port: number; pid: number };
  unlisten: { port: number; pid: number };
  exit: { pid: number; command: string; code: number };
  log: { level: 'info' | 'warn' | 'error'; message: string };
  /** A statement seen by a database; `engine` names it. */
  query: { sql: string; engine: 'sqlite' | 'postgres'; ms: number };
  progress: BootProgress;
  substitution: Substitution;
  unsupported: Unsupported;
}

export interface Sandbox {
  /** Absolute path in which `mount` places files and processes start. */
  readonly workdir: string;
  mount(files: FileMap): Promise<void>;
  readonly fs: SandboxFs;
  /** Starts a program found on the sandbox's PATH, or by path. @throws EngineError ENOENT, EACCES. */
  spawn(command: string, args?: readonly string[], options?: SpawnOptions): Promise<Process>;
  /** Opens a connection to a port somebody in the sandbox listens on. @throws EngineError ECONNREFUSED. */
  connect(port: number, signal?: AbortSignal): Promise<Duplex>;
  /** One HTTP/1.1 exchange in raw form. @throws EngineError ECONNREFUSED, ECONNRESET, HPE_INVALID. */
  request(port: number, request: RawRequest, signal?: AbortSignal): Promise<RawResponse>;
  on<K extends keyof SandboxEvents>(event: K, listener: (value: SandboxEvents[K]) => void): () => void;
  /** Ends all processes and frees everything. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A failure of an engine or of a call to it. `code` is POSIX-like (`ENOENT`) or an engine's own (`EBOOT`). */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
