import type { EventLoop } from './loop.ts';
import type { NodeOptions } from './options.ts';
import type { RealmServices } from './realm-services.ts';

/** A binding as `internalBinding(name)` returns it. */
export type Binding = Record<PropertyKey, unknown>;

/** The `process` object while Node's own bootstrap fills it. */
export type ProcessObject = Record<PropertyKey, unknown>;

/** The realm as its own bindings see it: the services that all bindings get, and the inside of the process. */
export interface RealmContext extends RealmServices {
  readonly loop: EventLoop;
  readonly process: ProcessObject;
  readonly options: NodeOptions;
  /** `internalBinding('symbols')`. */
  readonly symbols: Readonly<Record<string, symbol>>;
  readonly privateSymbols: Readonly<Record<string, symbol>>;
  readonly primordials: Record<string, unknown>;
  /** Current directory; the disk has none. */
  cwd: string;
  umask: number;
  /** Another binding of this realm, made on first use. */
  binding(name: string): Binding;
  /** Constants of one binding. */
  constantsOf(name: string): Record<string, unknown>;
  /** An error as libuv's calls throw it. */
  uvError(errno: number, syscall: string, path?: string, dest?: string): Error;
  /** The negative error number of a POSIX code. */
  errno(code: string): number;
  /** Source text of a file of the library, by its id. */
  builtinSource(id: string): string | undefined;
  /** Ends the process at once, without events; `signal` is the one that it died of. */
  exit(code: number, signal?: number): never;
  /** What the process has begun and an exit waits for: each is called, and must neither throw nor run the program. */
  readonly begun: Set<() => void>;
  /** An exception that nobody caught. */
  fatal(error: unknown, fromPromise: boolean, site?: import('./throw-site.ts').ThrowSite): void;
  /** True once the library is set up and the program's own code runs. */
  booted: boolean;
  /** `process.dlopen`: a stand-in for a native add-on. */
  loadAddon(module: { exports: unknown }, filename: string): void;
  /** Compiles a script of the submission; see compile.ts. */
  readonly compiler: import('./compile.ts').Compiler;
  /** Contexts of asynchronous code. */
  readonly promises: import('./async-context/promises.ts').PromiseContexts;
}
