import type { FileSystem } from '../fs/types.ts';
import type { ProcessPort } from '../kernel/process-port.ts';

/** What a binding may use of the realm (the emulated Node process) that it is part of. */
export interface RealmServices {
  readonly fs: FileSystem;
  readonly port: ProcessPort;
  /** Plain data read off the pinned Node binary at build time: `constants.json` of scripts/engines/node.mjs. */
  readonly constants: NodeConstants;
  /** A built-in module, as `require` inside Node's own library sees it. */
  require(id: string): unknown;
  /**
   * Calls into JavaScript from the outside, as libuv does when something completed: runs `fn`, then the nextTick
   * queue and microtasks; an exception is the process's uncaught exception.
   */
  callback(fn: (...args: never[]) => unknown, self: unknown, ...args: unknown[]): unknown;
  /** Runs the nextTick queue between two calls into JavaScript of one task. */
  drainTicks(): void;
  /** Runs `done` through `callback` in a later turn of the event loop; the process stays alive until then. */
  complete(done: () => void, resource?: object): void;
  /**
   * What the callback of an operation that begins now is run with, so that it finds the operation's async context.
   * @param object - what async hooks see in its place.
   */
  asyncResource(provider: string, object?: object): { getAsyncId(): number };
  /** Keeps the process alive until the returned function is called. */
  hold(): () => void;
  /** Bytes of an asset of the engine, e.g. `node-sqlite3-wasm.wasm`. */
  asset(name: string): Uint8Array;
  /** A compiled WebAssembly module by its file name. */
  wasm(name: string): WebAssembly.Module;
  /** Throws an error that names the binding function that is not there, and reports it as unsupported. */
  missing(what: string): never;
}

/** Constants of the bindings by binding name; see scripts/engines/node.mjs for how they are read. */
export type NodeConstants = Readonly<Record<string, unknown>>;
