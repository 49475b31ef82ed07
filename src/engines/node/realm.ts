import { FsError, type FileSystem } from '../fs/types.ts';
import { layout } from '../kernel/layout.ts';
import type { ProcessPort } from '../kernel/process-port.ts';
import { asyncInstrument } from './async-context/instrument.ts';
import { PromiseContexts } from './async-context/promises.ts';
import type { ThrowSite } from './throw-site.ts';
import { restoreSourceTexts } from './async-context/source-text.ts';
import { createBindings } from './bindings/index.ts';
import { asyncWrapOf, type AsyncWrapBinding } from './bindings/async-wrap.ts';
import { createEnvironment } from './bindings/process.ts';
import { installProxyRegistry } from './bindings/types.ts';
import { Builtins } from './builtins.ts';
import { Compiler } from './compile.ts';
import type { Binding, ProcessObject, RealmContext } from './context.ts';
import { FatalErrors } from './fatal.ts';
import { utf8 } from './host.ts';
import { restoreNode20Intrinsics, type Intrinsics } from './intrinsics.ts';
import { EventLoop } from './loop.ts';
import { openAddon } from './native-addons.ts';
import { parseOptions, type NodeOptions, type OptionsData } from './options.ts';
import { hidePrivateSymbols } from './private-symbols.ts';
import type { NodeConstants } from './realm-services.ts';
import { amongEngineFrames, installStackTraces, type StackOverrides } from './stack-traces.ts';

type Require = (id: string) => unknown;

/** Ends the process's JavaScript: what follows `process.exit` must not run, and the kernel ends the worker. */
function haltForever(): never {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(nothing, 0, 0);
}

/** An emulated Node process: Node's own library, booted over bindings of ours, in this worker's one global scope. */
export class Realm implements RealmContext {
  readonly loop = new EventLoop();
  readonly begun = new Set<() => void>();
  readonly process: ProcessObject;
  readonly options: NodeOptions;
  readonly symbols: Record<string, symbol>;
  readonly privateSymbols: Record<string, symbol>;
  readonly primordials: Record<string, unknown> = {};
  readonly compiler = new Compiler();
  readonly promises = new PromiseContexts();
  readonly constants: NodeConstants;
  /** `DOMException` and what ports need, which Node makes once per context. */
  readonly perContext: Record<string, unknown> = {};
  readonly fatalErrors: FatalErrors;
  cwd: string;
  umask = 0o022;
  booted = false;
  /** Arguments after node's own options, the program's name first. */
  readonly argv: string[];

  readonly #builtins: Builtins;
  readonly #factories: Record<string, () => Binding>;
  readonly #bindings = new Map<string, Binding>();
  #require: Require | undefined;
  #internalBinding: ((name: string) => Binding) | undefined;
  #reported = new Set<string>();

  constructor(
    readonly fs: FileSystem,
    readonly port: ProcessPort,
  ) {
    const { start } = port;
    this.#builtins = new Builtins((file) => this.asset(file));
    this.constants = JSON.parse(utf8.decode(this.asset('constants.json'))) as NodeConstants;
    this.cwd = start.cwd;
    this.options = parseOptions(
      this.constantsOf('options') as unknown as OptionsData,
      start.argv.slice(1),
      start.env['NODE_OPTIONS'],
    );
    const program = start.argv[0] ?? 'node';
    this.argv = [program === layout.nodePath ? 'node' : program, ...this.options.rest];
    this.symbols = this.#makeSymbols('symbols', 'names');
    this.privateSymbols = this.#makeSymbols('util', 'privateSymbolNames');
    this.fatalErrors = new FatalErrors(this);
    this.process = this.#makeProcess(start.env);
    this.#factories = createBindings(this);
    this.compiler.instrument = asyncInstrument(this.promises);
  }

  /** Runs Node's bootstrap up to where the main script starts. */
  boot(): void {
    installProxyRegistry();
    restoreNode20Intrinsics(this.constants['intrinsics'] as Intrinsics);
    this.promises.install(restoreSourceTexts());
    const { loop, primordials } = this;
    loop.hooks.leaveMicrotask = () => this.promises.leave();
    loop.hooks.enterMicrotask = (context) => this.promises.enter(context);
    loop.hooks.fatal = (error, site) => this.fatal(error, false, site);
    const asyncWrap = this.binding('async_wrap') as AsyncWrapBinding;
    loop.hooks.enter = (self) => asyncWrap.enter(self);
    for (const id of ['primordials', 'domexception', 'messageport']) {
      const run = this.#builtins.compile(`internal/per_context/${id}`);
      run(this.perContext, primordials, this.privateSymbols, this.symbols);
    }
    hidePrivateSymbols(Object.values(this.privateSymbols));
    this.process[this.privateSymbols['exit_info_private_symbol'] ?? ''] = new Int32Array(3);
    const linked = (name: string): never => {
      throw new Error(`No such binding: ${name}`);
    };
    this.#builtins.compile('internal/bootstrap/realm')(
      this.process,
      linked,
      (name: string) => this.binding(name),
      primordials,
    );
    installStackTraces(this.compiler, () => {
      const errors = this.#require?.('internal/errors') as { overrideStackTrace: StackOverrides } | undefined;
      return errors?.overrideStackTrace;
    });
    const thread = this.port.start.thread !== undefined;
    for (const id of [
      'node',
      'web/exposed-wildcard',
      'web/exposed-window-or-worker',
      `switches/is_${thread ? 'not_' : ''}main_thread`,
      `switches/does_${thread ? 'not_' : ''}own_process_state`,
    ]) {
      this.runInternal(`internal/bootstrap/${id}`);
    }
    // Nothing is set up for an inspector, yet programs see that this Node has one.
    (this.process['features'] as Record<string, boolean>)['inspector'] = true;
  }

  /** Runs a bootstrap or main script of the library. */
  runInternal(id: string): void {
    this.#builtins.compile(id)(this.process, this.#require, this.#internalBinding, this.primordials);
  }

  setLoaders(internalBinding: (name: string) => Binding, require: Require): void {
    this.#internalBinding = internalBinding;
    this.#require = require;
  }

  compileBuiltin(id: string): unknown {
    if (!this.#builtins.has(id)) this.missing(`the built-in module ${id}`);
    return this.#builtins.compile(id);
  }

  builtinSource(id: string): string | undefined {
    return this.#builtins.source(id);
  }

  require(id: string): unknown {
    if (this.#require === undefined) throw new Error(`${id} was required before the library was set up`);
    return this.#require(id);
  }

  binding(name: string): Binding {
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const factory = Object.hasOwn(this.#factories, name) ? this.#factories[name] : undefined;
    if (factory === undefined && !Object.hasOwn(this.constants, name))
      throw new Error(`No such binding: ${name}`);
    const binding = this.#completed(name, factory?.() ?? this.#plainConstants(name));
    this.#bindings.set(name, binding);
    return binding;
  }

  constantsOf(name: string): Record<string, unknown> {
    return (this.constants[name] ?? {}) as Record<string, unknown>;
  }

  callback(fn: (...args: never[]) => unknown, self: unknown, ...args: unknown[]): unknown {
    return this.loop.callback(fn, self, args);
  }

  drainTicks(): void {
    this.loop.drainTicks();
  }

  complete(done: () => void, resource?: object): void {
    this.loop.complete(done, resource);
  }

  asyncResource(provider: string, object?: object): { getAsyncId(): number } {
    return new (asyncWrapOf(this))(provider, object);
  }

  hold(): () => void {
    return this.loop.hold();
  }

  asset(name: string): Uint8Array {
    return this.port.start.assets.data[name] ?? this.port.load(name);
  }

  wasm(name: string): WebAssembly.Module {
    const module = this.port.start.assets.modules[name];
    return module ?? new WebAssembly.Module(this.port.load(name));
  }

  missing(what: string): never {
    if (!this.#reported.has(what)) {
      this.#reported.add(what);
      this.port.report({ type: 'unsupported', reason: 'missing-binding', detail: `Node: ${what}` });
    }
    throw new Error(`${what} is not available in the browser's Node engine`);
  }

  errno(code: string): number {
    const value = this.constantsOf('uv')[`UV_${code}`];
    return typeof value === 'number' ? value : (this.constantsOf('uv')['UV_EIO'] as number);
  }

  uvError(errno: number, syscall: string, path?: string, dest?: string): Error {
    const { errname, getErrorMessage } = this.binding('uv') as unknown as Record<
      string,
      (errno: number) => string
    >;
    const code = errname?.(errno) ?? 'EIO';
    const places = path === undefined ? '' : dest === undefined ? ` '${path}'` : ` '${path}' -> '${dest}'`;
    const text = `${code}: ${getErrorMessage?.(errno) ?? ''}, ${syscall}${places}`;
    const error = amongEngineFrames(() => new Error(text));
    Object.assign(error, { errno, code, syscall });
    if (path !== undefined) Object.assign(error, { path });
    if (dest !== undefined) Object.assign(error, { dest });
    return error;
  }

  loadAddon(module: { exports: unknown }, filename: string): void {
    openAddon(this, module, filename);
  }

  exit(code: number, signal = 0): never {
    this.loop.stop();
    if (signal === 0) for (const operation of this.begun) operation();
    this.port.exit(code & 0xff, signal);
    return haltForever();
  }

  fatal(error: unknown, fromPromise: boolean, site?: ThrowSite): void {
    this.fatalErrors.handle(error instanceof FsError ? new Error(error.message) : error, fromPromise, site);
  }

  #makeSymbols(binding: string, list: string): Record<string, symbol> {
    const names = this.constantsOf(binding)[list] as string[] | Record<string, string>;
    const entries: [string, string][] = Array.isArray(names)
      ? names.map((name) => [name, `node:${name}`])
      : Object.entries(names);
    return Object.fromEntries(entries.map(([name, description]) => [name, Symbol(description)]));
  }

  #makeProcess(env: Readonly<Record<string, string>>): ProcessObject {
    const { process: Shell } = {
      process: function process() {
        return undefined;
      },
    };
    const prototype = Object.create(Object.create(Object.prototype) as object) as object;
    Object.defineProperty(prototype, 'constructor', { value: Shell, writable: true, configurable: true });
    const process = Object.create(prototype) as ProcessObject;
    const given = this.constantsOf('process');
    for (const name of ['version', 'versions', 'arch', 'platform', 'release']) {
      Object.defineProperty(process, name, {
        value: given[name],
        enumerable: true,
        configurable: true,
        writable: false,
      });
    }
    process['env'] = createEnvironment(env);
    return process;
  }

  #plainConstants(name: string): Binding {
    const { $functions: _functions, ...rest } = this.constantsOf(name);
    return rest;
  }

  /** Adds what a binding lacks as functions that say so when they are called. */
  #completed(name: string, binding: Binding): Binding {
    const functions = this.constantsOf(name)['$functions'];
    const missing = (what: string): never => this.missing(what);
    for (const key of Array.isArray(functions) ? (functions as string[]) : []) {
      if (key in binding && typeof binding[key] === 'function') continue;
      const what = `${name}.${key}`;
      binding[key] = function () {
        return missing(what);
      };
    }
    delete binding['$functions'];
    return binding;
  }
}
