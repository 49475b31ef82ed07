import * as v from 'valibot';
import { queryEngine, substitutionKind, unsupportedReason } from '../../domain/engine-report.ts';

/**
 * Messages between the kernel of a sandbox and the workers that are its processes. Everything a process sends
 * is hostile input and parsed by `processMessage` before use.
 */

/** What a runtime needs, loaded once by the kernel and handed to each of its processes. */
export interface RuntimeAssets {
  /** Plain files by name: scripts, data, archives. */
  data: Record<string, Uint8Array>;
  /** Compiled modules by the name of their `.wasm` file. */
  modules: Record<string, WebAssembly.Module>;
}

/** First message to a process worker. */
export interface StartMessage {
  type: 'start';
  pid: number;
  ppid: number;
  /** argv[0] is the program's path. */
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  /** The shared disk; `SharedFs.attach(disk, pid)`. */
  disk: SharedArrayBuffer;
  /** Int32 words, see `Control`. */
  control: SharedArrayBuffer;
  assets: RuntimeAssets;
}

/** Words of the control buffer (Int32Array). */
export const Control = {
  /** Output bytes sent and not yet taken by the kernel; writers wait on it. */
  output: 0,
  /** Pending signal number, or 0. Layout of Pyodide's interrupt buffer. */
  signal: 1,
  words: 2,
} as const;

export type KernelMessage =
  | StartMessage
  | { type: 'stdin'; bytes: Uint8Array | null }
  | { type: 'signal'; signal: number }
  /** Somebody connected to `port`; `channel` is our end, speaking `Channel`. */
  | { type: 'accept'; port: number; peerPort: number; connection: number; channel: MessagePort }
  | { type: 'connected'; id: number; localPort: number; connection: number; channel: MessagePort }
  | { type: 'refused'; id: number; code: string }
  | { type: 'listening'; id: number; port: number }
  | { type: 'listenFailed'; id: number; code: string }
  /** The other end's process died; `connection` as in accept and connected. */
  | { type: 'gone'; connection: number }
  | { type: 'spawned'; id: number; pid: number }
  | { type: 'spawnFailed'; id: number; code: string }
  | { type: 'childOutput'; pid: number; stream: 'stdout' | 'stderr'; bytes: Uint8Array }
  | { type: 'childExit'; pid: number; code: number };

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const port = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(65_535));
const text = v.pipe(v.string(), v.maxLength(65_536));
const bytes = v.instance(Uint8Array<ArrayBufferLike>);

export const processMessage = v.variant('type', [
  v.object({ type: v.literal('output'), stream: v.picklist(['stdout', 'stderr']), bytes }),
  v.object({ type: v.literal('exit'), code: v.pipe(v.number(), v.safeInteger()) }),
  /** Port 0 asks for a free one. */
  v.object({ type: v.literal('listen'), id: uint, port }),
  v.object({ type: v.literal('unlisten'), port }),
  v.object({ type: v.literal('connect'), id: uint, host: text, port }),
  v.object({ type: v.literal('closed'), connection: uint }),
  v.object({
    type: v.literal('spawn'),
    id: uint,
    command: text,
    args: v.array(text),
    cwd: text,
    env: v.record(v.string(), v.string()),
  }),
  v.object({ type: v.literal('childInput'), pid: uint, bytes: v.nullable(bytes) }),
  v.object({ type: v.literal('kill'), pid: uint, signal: uint }),
  v.object({
    type: v.literal('unsupported'),
    reason: unsupportedReason,
    detail: text,
  }),
  v.object({
    type: v.literal('substitution'),
    package: text,
    kind: substitutionKind,
    detail: text,
  }),
  v.object({
    type: v.literal('query'),
    sql: text,
    engine: queryEngine,
    ms: v.number(),
  }),
]);

export type ProcessMessage = v.InferOutput<typeof processMessage>;
