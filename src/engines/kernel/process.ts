/** A process as the kernel sees it, whatever runs it. */

export type OutputSink = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

export interface ProcessOptions {
  readonly pid: number;
  readonly ppid: number;
  /** argv[0] is the path of the program. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
  readonly output: OutputSink;
  /** All of standard input when it is known beforehand; otherwise it comes through `input`. */
  readonly stdin?: Uint8Array;
}

export interface KernelProcess {
  readonly pid: number;
  readonly ppid: number;
  /** Command line, for people. */
  readonly command: string;
  /** Resolves with the exit code; never rejects. */
  readonly exit: Promise<number>;
  input(bytes: Uint8Array | null): void;
  /** Asks the process to end (a program may handle it). */
  signal(signal: number): void;
  /** Ends it now. */
  terminate(code: number): void;
}

export const SIGKILL = 9;

/** Exit code of a process that a signal ended. */
export const killed = (signal: number): number => 128 + signal;
