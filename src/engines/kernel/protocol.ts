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
  /** A booted interpreter to continue from, in shared memory. */
  snapshot?: Uint8Array<SharedArrayBuffer> | undefined;
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
  /** The other end of the message channel of a `fork`. */
  channel?: MessagePort;
  /** Set when this worker is a thread of another process and not a process of its own. */
  thread?: ThreadStart;
  /** Int32 words, see `Control`. */
  control: SharedArrayBuffer;
  assets: RuntimeAssets;
}

/** A thread as its worker sees it. The kernel knows it under a pid of its own, `StartMessage.pid`. */
export interface ThreadStart {
  /** The process that it is part of, and that one's parent. */
  pid: number;
  ppid: number;
  /** What the starting thread hands over; the kernel does not look into it. */
  data: unknown;
  port: MessagePort;
}

/** Words of the control buffer (Int32Array). */
export const Control = {
  /** Output bytes sent and not yet taken by the kernel; writers wait on it. */
  output: 0,
  /** Pending signal number, or 0. Layout of Pyodide's interrupt buffer. */
  signal: 1,
  /** Signals that the process handles itself, one bit each from 1; all set until it says otherwise. */
  handledLow: 2,
  handledHigh: 3,
  words: 4,
} as const;

/** A signal that nobody sends: processes that ask for it get it now and then. Python switches its threads by it. */
export const TICK = 63;

/** May come before the start: the worker gets ready for whatever process it will be. */
export interface PrepareMessage {
  type: 'prepare';
  assets: RuntimeAssets;
}

export type KernelMessage =
  | PrepareMessage
  | StartMessage
  | { type: 'stdin'; bytes: Uint8Array | null }
  | { type: 'signal'; signal: number }
  /** Somebody connected to `port`; `channel` is our end, speaking `Channel`. */
  | { type: 'accept'; port: number; peerPort: number; connection: number; channel: MessagePort }
  | { type: 'acceptPath'; path: string; connection: number; channel: MessagePort }
  | { type: 'connected'; id: number; localPort: number; connection: number; channel: MessagePort }
  | { type: 'refused'; id: number; code: string }
  | { type: 'listening'; id: number; port: number }
  | { type: 'listenFailed'; id: number; code: string }
  /** The other end's process died; `connection` as in accept and connected. */
  | { type: 'gone'; connection: number }
  | { type: 'spawned'; id: number; pid: number }
  | { type: 'spawnFailed'; id: number; code: string }
  | { type: 'childOutput'; pid: number; stream: 'stdout' | 'stderr'; bytes: Uint8Array }
  /** `signal` is the one that ended it, or 0. Threads are told of in the same way. */
  | { type: 'childExit'; pid: number; code: number; signal: number };

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const port = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(65_535));
const text = v.pipe(v.string(), v.maxLength(65_536));
const bytes = v.instance(Uint8Array<ArrayBufferLike>);

/** Standard output or error of a child: to the caller, to nowhere, to the caller's own, or to the end of an inode. */
const outputTarget = v.union([v.picklist(['pipe', 'ignore', 'stdout', 'stderr']), uint]);
const environment = v.record(v.string(), v.string());
const program = {
  command: text,
  args: v.array(text),
  cwd: text,
  env: environment,
  /** A number is the inode of a file that is read whole. */
  stdin: v.union([v.picklist(['pipe', 'ignore']), uint]),
  stdout: outputTarget,
  stderr: outputTarget,
};

/** Calls for whose answer a process sleeps; see sync-reply.ts. */
export const syncRequest = v.variant('call', [
  /** Port 0 asks for a free one. Value: the port. */
  v.object({ call: v.literal('listen'), port }),
  v.object({ call: v.literal('listenPath'), path: text }),
  /** Value: the pid. */
  v.object({ call: v.literal('spawn'), ...program, channel: v.optional(v.instance(MessagePort)) }),
  /** Runs a child to its end. Value: `RunResult`; data: its output, then its errors. */
  v.object({
    call: v.literal('run'),
    ...program,
    input: v.nullable(bytes),
    /** Milliseconds; 0 for none. */
    timeout: v.pipe(v.number(), v.minValue(0)),
    /** Of each stream; may be infinite. */
    maxBuffer: v.pipe(v.number(), v.minValue(0)),
    killSignal: uint,
  }),
  /** Signal 0 asks whether the process exists. A negative pid means its descendants too. */
  v.object({ call: v.literal('kill'), pid: v.pipe(v.number(), v.safeInteger()), signal: uint }),
  /** Starts a thread. Value: the pid under which the kernel knows it. */
  v.object({
    call: v.literal('thread'),
    argv: v.array(text),
    env: environment,
    cwd: text,
    data: v.unknown(),
    port: v.instance(MessagePort),
  }),
]);
export type SyncRequest = v.InferOutput<typeof syncRequest>;

/** How a child ended that was waited for. */
export interface RunResult {
  pid: number;
  code: number;
  signal: number;
  stdoutBytes: number;
  /** POSIX code, when it was ended for its time or its output. */
  error?: 'ETIMEDOUT' | 'ENOBUFS';
}

export const processMessage = v.variant('type', [
  v.object({ type: v.literal('output'), stream: v.picklist(['stdout', 'stderr']), bytes }),
  /** `signal`: the one that ended it. */
  v.object({ type: v.literal('exit'), code: v.pipe(v.number(), v.safeInteger()), signal: v.optional(uint) }),
  v.object({ type: v.literal('sync'), reply: v.instance(SharedArrayBuffer), request: syncRequest }),
  /** Port 0 asks for a free one. */
  v.object({ type: v.literal('listen'), id: uint, port }),
  v.object({ type: v.literal('unlisten'), port }),
  v.object({ type: v.literal('connect'), id: uint, host: text, port }),
  v.object({ type: v.literal('connectPath'), id: uint, path: text }),
  v.object({ type: v.literal('unlistenPath'), path: text, keep: v.boolean() }),
  v.object({ type: v.literal('closed'), connection: uint }),
  /** Our end of a connection now belongs to another process of the sandbox. */
  v.object({ type: v.literal('handOver'), connection: uint, pid: uint }),
  v.object({
    type: v.literal('spawn'),
    id: uint,
    command: text,
    args: v.array(text),
    cwd: text,
    env: environment,
  }),
  v.object({ type: v.literal('ticks') }),
  v.object({ type: v.literal('childInput'), pid: uint, bytes: v.nullable(bytes) }),
  v.object({ type: v.literal('kill'), pid: uint, signal: uint }),
  /** Asks for a part of the runtime that is loaded when it is first needed; see sync-reply.ts. */
  v.object({ type: v.literal('load'), name: text, reply: v.instance(SharedArrayBuffer) }),
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
