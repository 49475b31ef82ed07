/**
 * Contexts of `node:vm`. A worker has one realm, so a context here is a global object of its own over the same
 * built-in objects: code that runs in it sees the properties of the contextified object and the language's globals,
 * and none of Node's. What differs: `Array` inside is the `Array` outside, and `this` of a sloppy function that is
 * called without one is the outer global object.
 */

/** A binding that `let`, `const` or `class` made at the top level of a script: later scripts see it, too. */
export interface LexicalBinding {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

const NativeProxy = Proxy;
const evaluate = globalThis.eval;

/** One context. `scope` answers for names in its code, `global` is its `this` and `globalThis`. */
export class VmContext {
  readonly global: object;
  readonly scope: object;
  readonly #object: object;
  readonly #builtins: object;
  readonly #declared = new Set<string>();
  readonly #lexical = new Map<string, LexicalBinding>();

  /**
   * @param object The contextified object.
   * @param names Names of the language's globals.
   * @param reserved Names that code of ours uses around the code that runs in the context.
   */
  constructor(object: object, names: readonly string[], reserved: ReadonlySet<string>) {
    this.#object = object;
    this.#builtins = {};
    for (const name of names) {
      const value: unknown = name === 'eval' ? evaluate : Reflect.get(globalThis, name);
      const constant = name === 'undefined' || name === 'NaN' || name === 'Infinity';
      const rights = { writable: !constant, configurable: !constant, enumerable: false };
      Object.defineProperty(this.#builtins, name, { value, ...rights });
    }
    this.global = this.#createGlobal();
    Object.defineProperty(this.#builtins, 'globalThis', {
      value: this.global,
      writable: true,
      configurable: true,
    });
    this.scope = this.#createScope(reserved);
  }

  /** A `var` of a script has no property until it has a value. */
  declareVariable(name: string): void {
    this.#refuseSecond(name);
    this.#declared.add(name);
  }

  declareFunction(name: string, value: unknown): void {
    this.#refuseSecond(name);
    Reflect.set(this.#object, name, value);
  }

  declareLexical(name: string, binding: LexicalBinding): void {
    this.#refuseSecond(name);
    this.#lexical.set(name, binding);
  }

  #refuseSecond(name: string): void {
    if (this.#lexical.has(name)) throw new SyntaxError(`Identifier '${name}' has already been declared`);
  }

  #has(key: PropertyKey): boolean {
    return key in this.#object || key in this.#builtins;
  }

  #get(key: PropertyKey): unknown {
    return key in this.#object ? Reflect.get(this.#object, key) : Reflect.get(this.#builtins, key);
  }

  #createGlobal(): object {
    const object = this.#object;
    const builtins = this.#builtins;
    return new NativeProxy(builtins, {
      has: (_, key) => this.#has(key),
      get: (_, key) => this.#get(key),
      set: (_, key, value) => Reflect.set(object, key, value),
      deleteProperty: (_, key) =>
        Object.hasOwn(object, key)
          ? Reflect.deleteProperty(object, key)
          : Reflect.deleteProperty(builtins, key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(object, key, descriptor),
      ownKeys: () => [...new Set([...Reflect.ownKeys(builtins), ...Reflect.ownKeys(object)])],
      getOwnPropertyDescriptor(_, key) {
        const own = Reflect.getOwnPropertyDescriptor(object, key);
        return own === undefined
          ? Reflect.getOwnPropertyDescriptor(builtins, key)
          : { ...own, configurable: true };
      },
      setPrototypeOf: (_, prototype) => Reflect.setPrototypeOf(object, prototype),
      getPrototypeOf: () => Object.prototype,
    });
  }

  #createScope(reserved: ReadonlySet<string>): object {
    const lexical = this.#lexical;
    return new NativeProxy(Object.create(null) as object, {
      has: (_, key) => typeof key === 'string' && !reserved.has(key),
      get: (_, key) => {
        if (typeof key === 'symbol') return undefined;
        const binding = lexical.get(key);
        if (binding !== undefined) return binding.get();
        if (!this.#has(key) && !this.#declared.has(key)) throw new ReferenceError(`${key} is not defined`);
        return this.#get(key);
      },
      set: (_, key, value) => {
        const binding = typeof key === 'string' ? lexical.get(key) : undefined;
        if (binding === undefined) return Reflect.set(this.#object, key, value);
        binding.set(value);
        return true;
      },
      deleteProperty: (_, key) => Reflect.deleteProperty(this.#object, key),
    });
  }
}
