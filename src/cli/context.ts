import type { Io } from './io.ts';
import type { OpenRunner } from './runner.ts';

/** What commands work with; tests give their own. */
export interface Context {
  io: Io;
  openRunner: OpenRunner;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Of this program. */
  version: string;
}
