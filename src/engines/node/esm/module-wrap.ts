import type { Binding, RealmContext } from '../context.ts';
import { DynamicImports } from '../bindings/contextify.ts';
import { pointAt } from '../fatal.ts';
import { amongEngineFrames } from '../stack-traces.ts';
import { evaluate, Evaluation, findCycles, type Evaluable } from './evaluation.ts';
import { SourceText } from './module-body.ts';
import { createNamespace, type ExportBinding } from './namespace.ts';
import type { ImportEntry, ModuleRequest } from './transform.ts';

export const status = {
  uninstantiated: 0,
  instantiating: 1,
  instantiated: 2,
  evaluating: 3,
  evaluated: 4,
  errored: 5,
} as const;
type LinkStatus = 0 | 1 | 2;

type MetaCallback = (referrer: symbol, meta: object, wrap: unknown) => void;

/** Exports of Node's own modules change with this function only; code that names it looks each time. */
const builtinSync = 'syncBuiltinESMExports';

/** `internalBinding('module_wrap')`: ES modules with live bindings, cycles and top-level await, without the browser's. */
export function createModuleWrapBinding(realm: RealmContext): Binding {
  const imports = DynamicImports.of(realm);
  let initializeImportMeta: MetaCallback = () => undefined;
  const referrerSymbol = realm.privateSymbols['host_defined_option_symbol'] ?? '';
  const arrowSymbol = realm.privateSymbols['arrow_message_private_symbol'] ?? '';

  class ModuleWrap implements Evaluable {
    url: string;
    sourceMapURL: string | undefined;
    async: boolean | undefined;
    readonly #evaluation = new Evaluation();
    readonly #text: SourceText | undefined;
    readonly #steps: ((this: ModuleWrap) => void) | undefined;
    readonly #exports: Map<string, ExportBinding>;
    readonly #cells = new Map<string, { value: unknown }>();
    readonly #referrer: symbol;
    #status: LinkStatus = status.uninstantiated;
    #linked: ModuleWrap[] = [];
    #namespace: object | undefined;

    constructor(
      url: string,
      _context: unknown,
      source: string | string[],
      second: unknown,
      ...rest: unknown[]
    ) {
      this.url = url;
      const option = rest[1];
      this.#referrer = typeof option === 'symbol' ? option : Symbol(url);
      if (Array.isArray(source)) {
        this.#exports = new Map();
        this.#steps = second as (this: ModuleWrap) => void;
        const changes = url.startsWith('vm:');
        for (const name of source) {
          const cell = { value: undefined as unknown };
          this.#cells.set(name, cell);
          this.#exports.set(name, { get: () => cell.value, changes });
        }
        return;
      }
      Object.defineProperty(this, referrerSymbol, { value: this.#referrer, configurable: true });
      this.#text = new SourceText(realm, url, source, ModuleWrap as unknown as () => unknown);
      this.#exports = this.#text.exports;
      this.sourceMapURL = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(source.slice(-10_000_000))?.[1];
    }

    getModuleRequests(): ModuleRequest[] {
      return this.#text?.record.requests ?? [];
    }

    link(_specifiers: ArrayLike<string>, modules: ArrayLike<ModuleWrap>): void {
      this.#linked = Array.from(modules);
    }

    instantiate(): void {
      const graph: ModuleWrap[] = [];
      this.#collect(graph, new Set());
      for (const module of graph) module.#status = status.instantiating;
      try {
        for (const module of graph) module.#bind();
        const isNew = (module: ModuleWrap): boolean => module.#status === status.instantiating;
        const cyclic = findCycles<ModuleWrap>(this, (module) => module.#linked.filter(isNew));
        for (const module of graph) module.#prepare(cyclic.has(module));
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
      return this.awaits || this.#linked.some((each) => each.isGraphAsync(seen));
    }

    get evaluation(): Evaluation {
      return this.#evaluation;
    }

    get dependencies(): readonly ModuleWrap[] {
      return this.#linked;
    }

    get awaits(): boolean {
      return this.#text?.record.topLevelAwait === true;
    }

    execute(): Promise<void> | undefined {
      if (this.#text !== undefined) return this.#text.run();
      if (this.#steps !== undefined) Reflect.apply(this.#steps, this, []);
      return undefined;
    }

    evaluate(): Promise<void> {
      return amongEngineFrames(() => evaluate(this));
    }

    evaluateSync(): object {
      amongEngineFrames(() => evaluate(this)).catch(() => undefined);
      const failed = this.#failure();
      if (failed !== undefined) throw failed.value;
      return this.getNamespace();
    }

    getNamespaceSync(): object {
      return this.getNamespace();
    }

    getNamespace(): object {
      this.#namespace ??= createNamespace(this.allExports());
      return this.#namespace;
    }

    getStatus(): number {
      if (this.#failure() !== undefined) return status.errored;
      const { phase } = this.#evaluation;
      if (phase === 'linked') return this.#status;
      return phase === 'evaluating' ? status.evaluating : status.evaluated;
    }

    getError(): unknown {
      return this.#failure()?.value;
    }

    getStaticDependencySpecifiers(): string[] {
      return this.getModuleRequests().map(({ specifier }) => specifier);
    }

    setExport(name: string, value: unknown): void {
      const cell = this.#cells.get(name);
      if (cell === undefined) throw new ReferenceError(`Export '${name}' is not defined in module`);
      cell.value = value;
    }

    createCachedData(): unknown {
      const { Buffer } = realm.require('buffer') as { Buffer: { alloc(size: number): unknown } };
      return Buffer.alloc(0);
    }

    /** Every name that a namespace of this module shows. */
    allExports(): Map<string, ExportBinding> {
      const exports = new Map<string, ExportBinding>();
      for (const name of this.exportNames(new Set())) {
        const binding = this.resolveExport(name, new Set());
        if (binding) exports.set(name, binding);
      }
      return exports;
    }

    exportNames(seen: Set<ModuleWrap>): Set<string> {
      const names = new Set(this.#exports.keys());
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
    resolveExport(name: string, seen: Set<string>): ExportBinding | undefined | null {
      const key = `${this.url}\n${name}`;
      if (seen.has(key)) return undefined;
      seen.add(key);
      const own = this.#exports.get(name);
      if (own !== undefined) return own;
      const record = this.#text?.record;
      const indirect = record?.indirectExports.get(name);
      if (indirect !== undefined) return this.#resolveEntry(indirect, seen);
      if (name === 'default') return undefined;
      let found: ExportBinding | undefined;
      for (const star of record?.starExports ?? []) {
        const binding = this.#linked[star]?.resolveExport(name, seen);
        if (binding === null) return null;
        if (binding !== undefined && found !== undefined && binding !== found) return null;
        found ??= binding;
      }
      return found;
    }

    readonly #whole: ExportBinding = { get: () => this.getNamespace(), changes: false };

    #resolveEntry(entry: ImportEntry, seen: Set<string>): ExportBinding | undefined | null {
      const target = this.#linked[entry.request];
      if (target === undefined) return undefined;
      return entry.name === '*' ? target.#whole : target.resolveExport(entry.name, seen);
    }

    #failure(): { value: unknown } | undefined {
      return this.#evaluation.error;
    }

    #collect(graph: ModuleWrap[], seen: Set<ModuleWrap>): void {
      if (this.#status !== status.uninstantiated || seen.has(this)) return;
      seen.add(this);
      for (const module of this.#linked) module.#collect(graph, seen);
      graph.push(this);
    }

    #bind(): void {
      const record = this.#text?.record;
      if (record === undefined) return;
      for (const entry of [...record.imports, ...record.indirectExports.values()]) {
        const binding = this.#resolveEntry(entry, new Set());
        if (!binding) this.#unresolved(entry, binding === null);
        if (entry.local !== '') this.#text?.bind(entry, binding);
      }
    }

    #prepare(cyclic: boolean): void {
      if (this.#text === undefined) return;
      const ownSync = this.#text.source.includes(builtinSync);
      const isLive = (entry: ImportEntry): boolean => {
        const target = this.#linked[entry.request];
        if (ownSync && target?.url.startsWith('node:') === true && entry.name !== 'default') return true;
        return this.#resolveEntry(entry, new Set())?.changes === true;
      };
      let meta: object | undefined;
      const importMeta = (): object => {
        if (meta === undefined) {
          meta = Object.create(null) as object;
          initializeImportMeta(this.#referrer, meta, this);
        }
        return meta;
      };
      this.#text.prepare({ cyclic, isLive }, importMeta, imports.from(this.#referrer, this.url));
    }

    #unresolved(entry: ImportEntry, ambiguous: boolean): never {
      const specifier = this.#text?.record.requests[entry.request]?.specifier ?? '';
      const error = new SyntaxError(
        ambiguous
          ? `The requested module '${specifier}' contains conflicting star exports for name '${entry.name}'`
          : `The requested module '${specifier}' does not provide an export named '${entry.name}'`,
      );
      Error.captureStackTrace(error, ModuleWrap.prototype.instantiate);
      const text = (this.#text?.source ?? '').split('\n')[entry.line - 1] ?? '';
      Reflect.set(error, arrowSymbol, pointAt(this.url, entry.line, text, entry.column, entry.length));
      throw error;
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
      initializeImportMeta = callback;
    },
    createRequiredModuleFacade(wrap: ModuleWrap): object {
      const exports = wrap.allExports();
      exports.set('__esModule', { get: () => true, changes: false });
      return createNamespace(exports);
    },
    throwIfPromiseRejected: () => undefined,
  };
}
