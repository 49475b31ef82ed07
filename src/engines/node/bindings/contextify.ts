import type { Binding, RealmContext } from '../context.ts';
import type { DynamicImport } from '../compile.ts';
import { decorateSyntaxError } from '../fatal.ts';

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
      if (this.callback === undefined) throw new TypeError('import() before the loader was set up');
      const given = typeof options === 'object' && options !== null ? options : {};
      const listed: unknown = Reflect.get(given, 'with') ?? Reflect.get(given, 'assert') ?? {};
      const attributes = Object.assign(Object.create(null) as object, listed);
      return this.callback(referrer, String(specifier), attributes, name);
    };
  }
}

function sourceMapOf(code: string): string | undefined {
  const at = code.lastIndexOf('//# sourceMappingURL=');
  return at < 0 ? undefined : /^\S+/.exec(code.slice(at + 21))?.[0];
}

/** The `contextify` binding: scripts and functions in the one global scope that a worker has. */
export function createContextifyBinding(realm: RealmContext): Binding {
  const { compiler, symbols } = realm;
  const imports = DynamicImports.of(realm);
  const defaultReferrer = symbols['vm_dynamic_import_default_internal'] ?? Symbol('default');
  const noCallback = symbols['vm_dynamic_import_no_callback'] ?? Symbol('none');
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

  class ContextifyScript {
    readonly #code: string;
    readonly #filename: string;
    readonly #referrer: symbol;
    sourceMapURL: string | undefined;
    cachedDataRejected: boolean | undefined;

    constructor(code: string, filename: string, ...rest: unknown[]) {
      const last = rest.at(-1);
      this.#code = code;
      this.#filename = filename;
      this.#referrer = typeof last === 'symbol' ? last : noCallback;
      this.sourceMapURL = sourceMapOf(code);
      if (rest[2] !== undefined) this.cachedDataRejected = true;
      Object.defineProperty(this, referrerSymbol, { value: this.#referrer, configurable: true });
      guarded(code, filename, ContextifyScript as unknown as () => unknown, () => compiler.check(code));
    }

    runInContext(context: object | null): unknown {
      if (context !== null) realm.missing('vm contexts (vm.createContext, vm.runInNewContext)');
      return compiler.runScript(this.#code, this.#filename, imports.from(this.#referrer, this.#filename));
    }

    createCachedData(): unknown {
      const { Buffer } = realm.require('buffer') as { Buffer: { alloc(size: number): unknown } };
      return Buffer.alloc(0);
    }
  }

  function compileFunction(
    code: string,
    filename: string,
    _line: number,
    _column: number,
    _cached: unknown,
    _produce: boolean,
    context: object | undefined,
    _extensions: object[] | undefined,
    parameters: string[] | undefined,
    referrer: symbol | undefined,
  ): unknown {
    if (context !== undefined) realm.missing('vm contexts (vm.compileFunction with parsingContext)');
    const compiled = guarded(code, filename, compileFunction, () =>
      compiler.compileFunction(
        code,
        filename,
        parameters ?? [],
        imports.from(referrer ?? noCallback, filename),
      ),
    );
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
    makeContext: () => realm.missing('vm contexts (vm.createContext)'),
    startSigintWatchdog: () => undefined,
    stopSigintWatchdog: () => false,
    watchdogHasPendingSigint: () => false,
    measureMemory: () => realm.missing('vm.measureMemory'),
  };
}
