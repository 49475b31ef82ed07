import type { Binding, RealmContext } from '../context.ts';
import type { DynamicImport } from '../compile.ts';
import { decorateSyntaxError } from '../fatal.ts';
import { host } from '../host.ts';
import { amongEngineFrames } from '../stack-traces.ts';
import { VmContext, type LexicalBinding } from '../vm/context.ts';
import { contextEdits, contextNames } from '../vm/script.ts';

type ImportCallback = (
  referrer: symbol,
  specifier: string,
  attributes: object,
  name: string,
) => Promise<unknown>;

/** Who answers `import()`: Node's loader sets it on start. */
export class DynamicImports {
  static readonly #realms = new WeakMap<RealmContext, DynamicImports>();
  callback: ImportCallback | undefined;

  static of(realm: RealmContext): DynamicImports {
    let imports = DynamicImports.#realms.get(realm);
    if (imports === undefined) {
      imports = new DynamicImports();
      DynamicImports.#realms.set(realm, imports);
    }
    return imports;
  }

  /** The function that `import()` of one script or module calls. */
  from(referrer: symbol, name: string): DynamicImport {
    return async (specifier, options) => {
      const { callback } = this;
      if (callback === undefined) throw new TypeError('import() before the loader was set up');
      const given = typeof options === 'object' && options !== null ? options : {};
      const listed: unknown = Reflect.get(given, 'with') ?? Reflect.get(given, 'assert') ?? {};
      const attributes = Object.assign(Object.create(null) as object, listed);
      return callback(referrer, String(specifier), attributes, name);
    };
  }
}

function sourceMapOf(code: string): string | undefined {
  const at = code.lastIndexOf('//# sourceMappingURL=');
  return at < 0 ? undefined : /^\S+/.exec(code.slice(at + 21))?.[0];
}

/** The contexts that `vm.createContext` made, by the object that the program holds. */
class Contexts {
  readonly #known = new WeakMap<object, VmContext>();
  readonly #realm: RealmContext;

  constructor(realm: RealmContext) {
    this.#realm = realm;
  }

  make(object: object): void {
    const { global } = this.#realm.constantsOf('intrinsics') as { global: readonly string[] };
    const reserved = new Set([...this.#realm.compiler.reservedNames, ...Object.values(contextNames)]);
    const context = new VmContext(object, global, reserved);
    this.#known.set(object, context);
    Reflect.set(object, this.#realm.privateSymbols['contextify_context_private_symbol'] ?? '', context);
  }

  run(object: object, code: string, filename: string, dynamicImport: DynamicImport): unknown {
    const context = this.#known.get(object);
    if (context === undefined) throw new TypeError('The object is no context');
    const where = {
      scope: context.scope,
      global: context.global,
      names: [contextNames.variable, contextNames.func, contextNames.lexical],
      values: [
        (name: string) => context.declareVariable(name),
        (name: string, value: unknown) => context.declareFunction(name, value),
        (name: string, binding: LexicalBinding) => context.declareLexical(name, binding),
      ],
    };
    return this.#realm.compiler.runInScope(code, filename, where, dynamicImport, contextEdits);
  }
}

/** The most lines and columns that a script is moved by. */
const maxOffset = 100_000;

/** The text with what moves its first line and column to where the program says that they are. */
function moved(code: string, line: unknown, column: unknown): string {
  const count = (value: unknown): number =>
    typeof value === 'number' ? Math.min(Math.max(0, value), maxOffset) : 0;
  return '\n'.repeat(count(line)) + ' '.repeat(count(column)) + code;
}

/** The `contextify` binding: scripts and functions, in the worker's one global scope or in contexts made of it. */
export function createContextifyBinding(realm: RealmContext): Binding {
  const { compiler, symbols } = realm;
  const imports = DynamicImports.of(realm);
  const contexts = new Contexts(realm);
  const defaultReferrer = symbols['vm_dynamic_import_default_internal'] ?? Symbol('default');
  const noCallback = symbols['vm_dynamic_import_no_callback'] ?? Symbol('none');
  const noContextify = symbols['vm_context_no_contextify'];
  const referrerSymbol = realm.privateSymbols['host_defined_option_symbol'] ?? '';

  const guarded = <T>(
    code: string,
    filename: string,
    caller: (...args: never[]) => unknown,
    run: () => T,
  ): T => {
    try {
      return run();
    } catch (error) {
      if (error instanceof SyntaxError) decorateSyntaxError(realm, error, code, filename, 'script', caller);
      throw error;
    }
  };

  /** Runs code that has a time limit. It cannot be stopped on the way: what took too long fails when it has ended. */
  const within = (milliseconds: unknown, run: () => unknown): unknown => {
    const limit = typeof milliseconds === 'number' && milliseconds > 0 ? milliseconds : Infinity;
    const begun = host.now();
    const value = run();
    if (host.now() - begun <= limit) return value;
    const { codes } = realm.require('internal/errors') as {
      codes: Record<string, new (ms: unknown) => Error>;
    };
    const Timeout = codes['ERR_SCRIPT_EXECUTION_TIMEOUT'];
    throw Timeout === undefined ? new Error('Script execution timed out') : new Timeout(milliseconds);
  };

  class ContextifyScript {
    readonly #code: string;
    readonly #filename: string;
    readonly #referrer: symbol;
    sourceMapURL: string | undefined;
    cachedDataRejected: boolean | undefined;

    constructor(code: string, filename: string, ...rest: unknown[]) {
      const last = rest.at(-1);
      const [line, column, cachedData] = rest;
      this.#code = moved(code, line, column);
      this.#filename = filename;
      this.#referrer = typeof last === 'symbol' ? last : noCallback;
      this.sourceMapURL = sourceMapOf(code);
      if (cachedData !== undefined) this.cachedDataRejected = true;
      Object.defineProperty(this, referrerSymbol, { value: this.#referrer, configurable: true });
      guarded(this.#code, filename, ContextifyScript as unknown as () => unknown, () =>
        compiler.check(this.#code),
      );
    }

    runInContext(context: object | null, timeout: unknown): unknown {
      const dynamicImport = imports.from(this.#referrer, this.#filename);
      return within(timeout, () =>
        amongEngineFrames(() =>
          context === null
            ? compiler.runScript(this.#code, this.#filename, dynamicImport)
            : contexts.run(context, this.#code, this.#filename, dynamicImport),
        ),
      );
    }

    createCachedData(): unknown {
      const { Buffer } = realm.require('buffer') as { Buffer: { alloc(size: number): unknown } };
      return Buffer.alloc(0);
    }
  }

  function compileFunction(
    code: string,
    filename: string,
    line: number,
    column: number,
    _cached: unknown,
    _produce: boolean,
    context: object | undefined,
    extensions: object[] | undefined,
    parameters: string[] | undefined,
    referrer: symbol | undefined,
  ): unknown {
    if (extensions !== undefined && extensions.length > 0)
      realm.missing('vm.compileFunction with contextExtensions');
    const text = moved(code, line, column);
    const dynamicImport = imports.from(referrer ?? noCallback, filename);
    const compiled = guarded(text, filename, compileFunction, () => {
      const own = compiler.compileFunction(text, filename, parameters ?? [], dynamicImport);
      if (context === undefined) return own;
      const list = (parameters ?? []).join(', ');
      return contexts.run(context, `(function (${list}) {${text}\n})`, filename, dynamicImport);
    });
    return {
      __proto__: null,
      function: compiled,
      sourceMapURL: sourceMapOf(code),
      cachedDataRejected: false,
    };
  }

  const wrapperParameters = ['exports', 'require', 'module', '__filename', '__dirname'];

  function compileFunctionForCJSLoader(
    code: string,
    filename: string,
    _sea: boolean,
    detectModule: boolean,
  ): Record<string, unknown> {
    const result = { __proto__: null, cachedDataRejected: false, sourceMapURL: sourceMapOf(code) };
    try {
      const compiled = compiler.compileFunction(
        code,
        filename,
        wrapperParameters,
        imports.from(defaultReferrer, filename),
      );
      return { ...result, canParseAsESM: false, function: compiled };
    } catch (error) {
      if (detectModule && compiler.needsModuleSyntax(code, true)) {
        return { ...result, canParseAsESM: true, function: undefined };
      }
      if (error instanceof SyntaxError) {
        decorateSyntaxError(realm, error, code, filename, 'script', compileFunctionForCJSLoader);
      }
      throw error;
    }
  }

  return {
    constants: { measureMemory: { mode: { SUMMARY: 0, DETAILED: 1 }, execution: { DEFAULT: 0, EAGER: 1 } } },
    ContextifyScript,
    compileFunction,
    compileFunctionForCJSLoader,
    containsModuleSyntax: (code: string) => compiler.needsModuleSyntax(code, true),
    shouldRetryAsESM: (code: string) => compiler.needsModuleSyntax(code, true),
    makeContext(object: object | symbol): unknown {
      const made = object === noContextify ? {} : (object as object);
      contexts.make(made);
      return made;
    },
    startSigintWatchdog: () => undefined,
    stopSigintWatchdog: () => false,
    watchdogHasPendingSigint: () => false,
    measureMemory: () => realm.missing('vm.measureMemory'),
  };
}
