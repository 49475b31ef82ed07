import type { ProcessMessage, RuntimeAssets } from '../../kernel/protocol.ts';

/**
 * Messages of the two workers that a Python process consists of where a browser cannot suspend WebAssembly stacks
 * (JSPI): the interpreter, which sleeps in `Atomics.wait` whenever Python blocks, and its companion, which the kernel
 * started, which owns the process's connections and goes on turning.
 */

/** Name of the interpreter's worker; those of the kernel begin with a process id. */
export const interpreterName = 'interpreter';

/** The first message to the interpreter. */
export interface InterpreterStart {
  pid: number;
  ppid: number;
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  assets: RuntimeAssets;
  disk: SharedArrayBuffer;
  control: SharedArrayBuffer;
  /** Where the companion answers, in the layout of the kernel's waiting calls. */
  reply: SharedArrayBuffer;
}

type Report = Extract<ProcessMessage, { type: 'unsupported' | 'substitution' | 'query' }>;

/** What the interpreter asks; each is answered once, and it sleeps until then. */
export type Request =
  | { type: 'call'; method: string; args: unknown[] }
  /**
   * Waits for a ticket, for one of others that threads below wait for, for `ms` milliseconds (no limit when negative), a
   * signal or a child's end, whatever is first.
   */
  | { type: 'wait'; ticket: number | undefined; others: readonly number[]; ms: number }
  | { type: 'write'; stream: 'stdout' | 'stderr'; bytes: Uint8Array }
  | { type: 'load'; name: string }
  | { type: 'report'; message: Report }
  | { type: 'exit'; code: number }
  | { type: 'fail'; detail: string };

/** A child that has ended: its process id, its exit code, and the signal that ended it or 0. */
export type ChildExit = [pid: number, code: number, signal: number];

/** The value of an answer. */
export interface Answered {
  kind: 'value' | 'bytes' | 'ticket' | 'elapsed' | 'signal' | 'events' | 'others';
  /** Of a value: what it is. Of a ticket: its number. Of others: the numbers of those settled. Bytes come beside it. */
  value?: unknown;
  exits: ChildExit[];
}

/** The first message, in the interpreter's worker. */
export function receiveInterpreterStart(): Promise<InterpreterStart> {
  return new Promise((resolve) => {
    self.onmessage = (event: MessageEvent<InterpreterStart>) => resolve(event.data);
  });
}
