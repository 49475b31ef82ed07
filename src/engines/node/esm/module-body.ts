import type { DynamicImport, ModuleBody } from '../compile.ts';
import type { RealmContext } from '../context.ts';
import { decorateSyntaxError } from '../fatal.ts';
import type { ExportBinding } from './namespace.ts';
import {
  defaultName,
  transformModule,
  type ImportEntry,
  type Linkage,
  type ModuleRecord,
} from './transform.ts';

type Getter = () => unknown;

const tooEarly = /^Cannot access '.*' before initialization$/;
const NativePromise = Promise;

function notYet(name: string, caller: (...args: never[]) => unknown): ReferenceError {
  const error = new ReferenceError(`Cannot access '${name}' before initialization`);
  Error.captureStackTrace(error, caller);
  return error;
}

/** A getter whose complaint about a value that is not there yet names what the program calls it. */
function naming(name: string, get: Getter): Getter {
  const named = (): unknown => {
    try {
      return get();
    } catch (error) {
      if (error instanceof ReferenceError && tooEarly.test(error.message)) throw notYet(name, named);
      throw error;
    }
  };
  return named;
}

/** Source text of a module: what it asks for and offers, and its body once its links are known. */
export class SourceText {
  readonly record: ModuleRecord;
  /** What the module itself declares and exports. */
  readonly exports = new Map<string, ExportBinding>();
  readonly #getters = new Map<string, Getter>();
  readonly #imports = Object.create(null) as Record<string, unknown>;
  readonly #realm: RealmContext;
  #run: (() => Promise<void> | undefined) | undefined;

  /** @throws SyntaxError with the place of the fault. @param caller Where the stack of that error begins. */
  constructor(
    realm: RealmContext,
    readonly url: string,
    readonly source: string,
    caller: (...args: never[]) => unknown,
  ) {
    this.#realm = realm;
    this.record = this.#guarded(caller, () => transformModule(source));
    const { localExports, assigned } = this.record;
    for (const [name, local] of localExports) {
      const get = (): unknown => {
        const getter = this.#getters.get(name);
        if (getter === undefined) throw notYet(local === defaultName ? name : local, get);
        return getter();
      };
      this.exports.set(name, { get, changes: assigned.has(local) });
    }
    Object.defineProperty(this.#imports, 'arguments', {
      get: () => {
        throw new ReferenceError('arguments is not defined');
      },
    });
  }

  #guarded<T>(caller: (...args: never[]) => unknown, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const failure = new SyntaxError(this.#realm.compiler.moduleErrorText(this.source, error));
      decorateSyntaxError(this.#realm, failure, this.source, this.url, 'module', caller);
      throw failure;
    }
  }

  /** Makes an imported name usable in the body. */
  bind(entry: ImportEntry, binding: ExportBinding): void {
    Object.defineProperty(this.#imports, entry.local, {
      get: naming(entry.local, binding.get),
      set() {
        throw new TypeError('Assignment to constant variable.');
      },
      configurable: true,
    });
  }

  /** Compiles the body, and in a cycle runs it up to where its functions and bindings exist. */
  prepare(linkage: Linkage, importMeta: () => object, dynamicImport: DynamicImport): void {
    const { url, record } = this;
    const body: ModuleBody = { url, ...record.body(linkage) };
    const factory = this.#guarded(SourceText.prototype.prepare, () =>
      this.#realm.compiler.compileModuleBody(body, dynamicImport),
    );
    const offer = (getters: [string, Getter][]): void => {
      for (const [name, getter] of getters) {
        const unnamed = this.record.localExports.get(name) === defaultName;
        this.#getters.set(name, unnamed ? naming(name, getter) : getter);
      }
    };
    const enter = (begin?: Promise<void>): unknown =>
      Reflect.apply(factory, undefined, [offer, this.#imports, importMeta, begin]) as unknown;
    this.#run = record.topLevelAwait
      ? this.#asynchronous(linkage.cyclic, enter)
      : this.#synchronous(linkage.cyclic, enter);
  }

  /** Runs the body; a promise of its end when it awaits. */
  run(): Promise<void> | undefined {
    return this.#run?.();
  }

  #synchronous(cyclic: boolean, enter: () => unknown): () => undefined {
    if (!cyclic) {
      return () => {
        enter();
        return undefined;
      };
    }
    const body = enter() as Generator<void, void>;
    body.next();
    return () => {
      body.next();
      return undefined;
    };
  }

  #asynchronous(cyclic: boolean, enter: (begin?: Promise<void>) => unknown): () => Promise<void> {
    if (!cyclic) return () => enter() as Promise<void>;
    let begin: () => void = () => undefined;
    const begun = new NativePromise<void>((resolve) => {
      begin = resolve;
    });
    const running = enter(begun) as Promise<void>;
    return () => {
      begin();
      return running;
    };
  }
}
