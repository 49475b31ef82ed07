import type { ThreadStart } from './protocol.ts';

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
  /** Its standard input is a pipe, whose other end somebody will close. */
  readonly piped?: boolean;
  /** Message channel to the process that forked this one. */
  readonly channel?: MessagePort;
  /** Set for a thread, whose options are otherwise those of its process. */
  readonly thread?: ThreadStart;
}

export interface KernelProcess {
  readonly pid: number;
  readonly ppid: number;
  /** Command line, for people. */
  readonly command: string;
  /** Resolves with the exit code; never rejects. */
  readonly exit: Promise<number>;
  /** The signal that ended it, or 0; final once `exit` has resolved. */
  readonly endedBy: number;
  /** Ends with the process that started it. */
  readonly isThread: boolean;
  input(bytes: Uint8Array | null): void;
  /**
   * Asks the process to end (a program may handle it).
   * @param group - its children got the signal too, so that a shell may wait for what they still have to say.
   */
  signal(signal: number, group?: boolean): void;
  /** Ends it now. */
  terminate(code: number, signal?: number): void;
}

export const SIGKILL = 9;

/** Signals that do nothing to a process that does not handle them: CHLD, CONT, URG, WINCH. */
export const ignoredByDefault: ReadonlySet<number> = new Set([17, 18, 23, 28]);

/** Exit code of a process that a signal ended. */
export const killed = (signal: number): number => 128 + signal;
