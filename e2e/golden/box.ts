import type { FileMap, RawRequest, RawResponse } from '../../src/engines/engine.ts';

export interface Ended {
  code: number;
  stdout: Uint8Array;
  stderr: Uint8Array;
}

export interface Running {
  /** Resolves once the process has ended and its output is complete. */
  readonly ended: Promise<Ended>;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** Bytes to send over a connection, one write each, and when to stop reading. */
export interface Talk {
  writes: Uint8Array[];
  /** Source of a pattern over the Latin-1 text that has come; without it, reading goes on until the server closes. */
  until: string | undefined;
}

/** An exchange that failed: the engine's error code. */
export interface Failed {
  error: string;
}

/** One sandbox, real or embedded, as the golden suite drives it. */
export interface Box {
  /** Working directory of the sandbox. */
  readonly workdir: string;
  /** Real paths of this box, and what they are called in a record. */
  readonly paths: readonly (readonly [real: string, recorded: string])[];
  /** Puts files below a folder of the working directory. */
  mount(folder: string, files: FileMap): Promise<void>;
  readText(path: string): Promise<string | undefined>;
  /** Runs a shell command in a folder of the working directory. */
  run(command: string, folder: string, env: Record<string, string>): Promise<Running>;
  /** Resolves once somebody listens; false when it takes longer. */
  listening(port: number, withinMs: number): Promise<boolean>;
  request(port: number, request: RawRequest): Promise<RawResponse | Failed>;
  talk(port: number, talk: Talk): Promise<Uint8Array | Failed>;
  /** What the engine said it cannot do. */
  unsupported(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** How long an answer may take. */
export const answerMs = 20_000;
