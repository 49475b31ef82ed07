import type { Binding, RealmContext } from '../context.ts';
import { DynamicImports } from '../bindings/contextify.ts';
import { decorateSyntaxError } from '../fatal.ts';
import { createNamespace, type ExportGetter } from './namespace.ts';
import {
  bodyParameters,
  transformModule,
  type ImportEntry,
  type ModuleRecord,
  type ModuleRequest,
} from './transform.ts';

export const status = {
  uninstantiated: 0,
  instantiating: 1,
  instantiated: 2,
  evaluating: 3,
  evaluated: 4,
  errored: 5,
} as const;
type Status = (typeof status)[keyof typeof status];

/** A module's body: its first step makes the bindings, its second runs the code. */
type Body = Generator<void, void> | AsyncGenerator<void, void>;
type BodyFactory = (...parameters: unknown[]) => Body;
type MetaCallback = (referrer: symbol, meta: object, wrap: unknown) => void;

/** Hooks that Node's loader sets. */
export interface LoaderHooks {
  initializeImportMeta: MetaCallback;
}

function pointAt(url: string, source: string, line: number, column: number): string {
  const text = source.split('\n')[line - 1] ?? '';
  return `${url}:${line}\n${text}\n${' '.repeat(column)}^\n`;
}

/** Source text of a module, compiled: its record and its body. */
class SourceText {
  readonly record: ModuleRecord;
  readonly factory: BodyFactory;

  constructor(
    readonly realm: RealmContext,
    readonly url: string,
    readonly source: string,
    caller: (...args: never[]) => unknown,
  ) {
    try {
      this.record = transformModule(source);
      this.factory = this.#compile();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const failure = new SyntaxError(realm.compiler.moduleErrorText(source, error));
      decorateSyntaxError(realm, failure, source, url, 'module', caller);
      throw failure;
    }
  }

  #compile(): BodyFactory {
    const { record } = this;
    const getters = [...record.localExports].map(
      ([name, local]) => `[${JSON.stringify(name)}, () => ${local}]`,
    );
    const head = `$exports$([${getters.join(', ')}]);yield;`;
    const compiled = this.realm.compiler.compileModuleBody(
      head,
      record.code,
      this.url,
      bodyParameters,
      record.topLevelAwait,
    );
    if (typeof compiled !== 'function') throw new TypeError('A module compiled to no function');
    return compiled as BodyFactory;
  }
}

/** `internalBinding('module_wrap')`: ES modules with live bindings, cycles and top-level await, without the browser's. */
export function createModuleWrapBinding(realm: RealmContext): Binding {
  const imports = DynamicImports.of(realm);
  const hooks: LoaderHooks = { initializeImportMeta: () => undefined };
  const referrerSymbol = realm.privateSymbols['host_defined_option_symbol'] ?? '';
  const arrowSymbol = realm.privateSymbols['arrow_message_private_symbol'] ?? '';

  class ModuleWrap {
    url: string;
    sourceMapURL: string | undefined;
    async: boolean | undefined;
    #status: Status = status.uninstantiated;
    #error: unknown;
    readonly #text: SourceText | undefined;
    readonly #steps: ((this: ModuleWrap) => void) | undefined;
    readonly #getters = new Map<string, ExportGetter>();
    readonly #values = new Map<string, { value: unknown }>();
    readonly #slots: object[] = [];
    #linked: ModuleWrap[] = [];
    #body: Body | undefined;
    #namespace: object | undefined;
    #evaluation: Promise<void> | undefined;

    constructor(
      url: string,
      _context: unknown,
      source: string | string[],
      second: unknown,
      ...rest: unknown[]
    ) {
      this.url = url;
      if (Array.isArray(source)) {
        this.#steps = second as (this: ModuleWrap) => void;
        for (const name of source) {
          const cell = { value: undefined as unknown };
          this.#values.set(name, cell);
          this.#getters.set(name, () => cell.value);
        }
        return;
      }
      const option = rest[1];
      const referrer = typeof option === 'symbol' ? option : Symbol(url);
      Object.defineProperty(this, referrerSymbol, { value: referrer, configurable: true });
      this.#text = new SourceText(realm, url, source, ModuleWrap as unknown as () => unknown);
      this.sourceMapURL = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(source)?.[1];
      this.#start(this.#text, referrer);
    }

    #start(text: SourceText, referrer: symbol): void {
      let meta: object | undefined;
      const importMeta = (): object => {
        if (meta === undefined) {
          meta = Object.create(null) as object;
          hooks.initializeImportMeta(referrer, meta, this);
        }
        return meta;
      };
      const offer = (getters: [string, ExportGetter][]): void => {
        for (const [name, getter] of getters) this.#getters.set(name, getter);
      };
      for (let i = 0; i < text.record.requests.length; i++) this.#slots.push(Object.create(null) as object);
      const { factory } = text;
      this.#body = factory(offer, this.#slots, importMeta, imports.from(referrer, this.url));
      void this.#body.next();
    }

    getModuleRequests(): ModuleRequest[] {
      return this.#text?.record.requests ?? [];
    }

    link(_specifiers: ArrayLike<string>, modules: ArrayLike<ModuleWrap>): void {
      this.#linked = Array.from(modules);
    }

    instantiate(): void {
      const graph: ModuleWrap[] = [];
      this.#collect(graph);
      for (const module of graph) module.#status = status.instantiating;
      try {
        for (const module of graph) module.#bind();
      } catch (error) {
        for (const module of graph) module.#status = status.uninstantiated;
        throw error;
      }
      for (const module of graph) module.#status = status.instantiated;
    }

    instantiateSync(): boolean {
      if (this.#status === status.uninstantiated) this.instantiate();
      return this.isGraphAsync();
    }

    isGraphAsync(seen = new Set<ModuleWrap>()): boolean {
      if (seen.has(this)) return false;
      seen.add(this);
      return (
        this.#text?.record.topLevelAwait === true || this.#linked.some((each) => each.isGraphAsync(seen))
      );
    }

    async evaluate(): Promise<void> {
      const pending = this.#evaluateGraph(new Set());
      if (pending !== undefined) await pending;
      if (this.#status === status.errored) throw this.#error;
    }

    evaluateSync(): object {
      this.#evaluateGraph(new Set());
      if (this.#status === status.errored) throw this.#error;
      return this.getNamespace();
    }

    getNamespaceSync(): object {
      return this.getNamespace();
    }

    getNamespace(): object {
      if (this.#namespace === undefined) {
        const exports = new Map<string, ExportGetter>();
        for (const name of this.exportNames(new Set())) {
          const getter = this.resolveExport(name, new Set());
          if (typeof getter === 'function') exports.set(name, getter);
        }
        this.#namespace = createNamespace(exports);
      }
      return this.#namespace;
    }

    getStatus(): number {
      return this.#status;
    }

    getError(): unknown {
      return this.#error;
    }

    getStaticDependencySpecifiers(): string[] {
      return this.getModuleRequests().map(({ specifier }) => specifier);
    }

    setExport(name: string, value: unknown): void {
      const cell = this.#values.get(name);
      if (cell === undefined) throw new ReferenceError(`Export '${name}' is not defined in module`);
      cell.value = value;
    }

    createCachedData(): unknown {
      const { Buffer } = realm.require('buffer') as { Buffer: { alloc(size: number): unknown } };
      return Buffer.alloc(0);
    }

    exportNames(seen: Set<ModuleWrap>): Set<string> {
      const names = new Set(this.#getters.keys());
      const record = this.#text?.record;
      if (record === undefined || seen.has(this)) return names;
      seen.add(this);
      for (const name of record.indirectExports.keys()) names.add(name);
      for (const star of record.starExports) {
        for (const name of this.#linked[star]?.exportNames(seen) ?? [])
          if (name !== 'default') names.add(name);
      }
      return names;
    }

    /** Where a name comes from; undefined when nobody exports it, null when two stars do. */
    resolveExport(name: string, seen: Set<string>): ExportGetter | undefined | null {
      const key = `${this.url}\n${name}`;
      if (seen.has(key)) return undefined;
      seen.add(key);
      const own = this.#getters.get(name);
      if (own !== undefined) return own;
      const record = this.#text?.record;
      const indirect = record?.indirectExports.get(name);
      if (indirect !== undefined) return this.#resolveEntry(indirect, seen);
      if (name === 'default') return undefined;
      let found: ExportGetter | undefined;
      for (const star of record?.starExports ?? []) {
        const getter = this.#linked[star]?.resolveExport(name, seen);
        if (getter === null) return null;
        if (getter !== undefined && found !== undefined && getter !== found) return null;
        found ??= getter;
      }
      return found;
    }

    #resolveEntry(entry: ImportEntry, seen: Set<string>): ExportGetter | undefined | null {
      const target = this.#linked[entry.request];
      if (target === undefined) return undefined;
      if (entry.name === '*') return () => target.getNamespace();
      return target.resolveExport(entry.name, seen);
    }

    #collect(graph: ModuleWrap[]): void {
      if (this.#status !== status.uninstantiated || graph.includes(this)) return;
      graph.push(this);
      for (const module of this.#linked) module.#collect(graph);
    }

    #bind(): void {
      const record = this.#text?.record;
      if (record === undefined) return;
      for (const entry of [...record.imports, ...record.indirectExports.values()]) {
        const getter = this.#resolveEntry(entry, new Set());
        if (typeof getter !== 'function') this.#unresolved(entry, getter === null);
        else
          Object.defineProperty(this.#slots[entry.request] ?? {}, entry.name, {
            get: getter,
            configurable: true,
          });
      }
    }

    #unresolved(entry: ImportEntry, ambiguous: boolean): never {
      const specifier = this.#text?.record.requests[entry.request]?.specifier ?? '';
      const error = new SyntaxError(
        ambiguous
          ? `The requested module '${specifier}' contains conflicting star exports for name '${entry.name}'`
          : `The requested module '${specifier}' does not provide an export named '${entry.name}'`,
      );
      Error.captureStackTrace(error, ModuleWrap.prototype.instantiate);
      Reflect.set(error, arrowSymbol, pointAt(this.url, this.#text?.source ?? '', entry.line, entry.column));
      throw error;
    }

    /** Runs what this module needs, then itself. Undefined when all of it ran at once. */
    #evaluateGraph(ancestors: Set<ModuleWrap>): Promise<void> | undefined {
      if (this.#status >= status.evaluated || ancestors.has(this)) return undefined;
      if (this.#status === status.evaluating) return this.#evaluation;
      this.#status = status.evaluating;
      ancestors.add(this);
      const pending: Promise<void>[] = [];
      for (const module of this.#linked) {
        const waiting = module.#evaluateGraph(ancestors);
        if (waiting !== undefined) pending.push(waiting);
        if (module.#status === status.errored) {
          this.#fail(module.#error);
          return undefined;
        }
      }
      ancestors.delete(this);
      if (pending.length === 0 && this.#text?.record.topLevelAwait !== true) {
        this.#run();
        return undefined;
      }
      this.#evaluation = this.#runLater(pending);
      return this.#evaluation;
    }

    async #runLater(pending: Promise<void>[]): Promise<void> {
      if (pending.length > 0) await Promise.all(pending);
      const failed = this.#linked.find((module) => module.#status === status.errored);
      if (failed !== undefined) return this.#fail(failed.#error);
      if (this.#text?.record.topLevelAwait !== true) return this.#run();
      try {
        await this.#body?.next();
        this.#status = status.evaluated;
      } catch (error) {
        this.#fail(error);
      }
    }

    #run(): void {
      try {
        if (this.#steps !== undefined) Reflect.apply(this.#steps, this, []);
        else void this.#body?.next();
        this.#status = status.evaluated;
      } catch (error) {
        this.#fail(error);
      }
    }

    #fail(error: unknown): void {
      this.#error = error;
      this.#status = status.errored;
    }
  }

  return {
    ModuleWrap,
    kUninstantiated: status.uninstantiated,
    kInstantiating: status.instantiating,
    kInstantiated: status.instantiated,
    kEvaluating: status.evaluating,
    kEvaluated: status.evaluated,
    kErrored: status.errored,
    setImportModuleDynamicallyCallback(callback: NonNullable<DynamicImports['callback']>) {
      imports.callback = callback;
    },
    setInitializeImportMetaObjectCallback(callback: MetaCallback) {
      hooks.initializeImportMeta = callback;
    },
    createRequiredModuleFacade(wrap: ModuleWrap): object {
      const exports = new Map<string, ExportGetter>();
      for (const name of wrap.exportNames(new Set())) {
        const getter = wrap.resolveExport(name, new Set());
        if (typeof getter === 'function') exports.set(name, getter);
      }
      exports.set('__esModule', () => true);
      return createNamespace(exports);
    },
    throwIfPromiseRejected: () => undefined,
  };
}
