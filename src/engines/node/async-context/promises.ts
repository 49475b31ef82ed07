import { runtimeParameters, names } from './transform.ts';

/** What Node's library wants to be told of promises; see `setPromiseHooks` of V8. */
export interface PromiseHooks {
  init?: ((promise: object, parent: object | undefined) => void) | undefined;
  before?: ((promise: object) => void) | undefined;
  after?: ((promise: object) => void) | undefined;
  settled?: ((promise: object) => void) | undefined;
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

const NativePromise = Promise;
const nativePrototype = Promise.prototype;
const uncurry = Function.prototype.bind.bind(Function.prototype.call as Callable) as (
  method: unknown,
) => (self: unknown, ...args: unknown[]) => unknown;
const nativeThen = uncurry(nativePrototype.then);
const nativeFinally = uncurry(nativePrototype.finally);
const nativeResolve = uncurry(NativePromise.resolve);
const nativeReject = uncurry(NativePromise.reject);
const sourceOf = uncurry(Function.prototype.toString);
const { create, getPrototypeOf } = Object;
const { apply } = Reflect;
const nativeText = 'function () { [native code] }';

/** Stands for the promise by which V8 waits: what a context is kept on. */
const waiting = (): object => create(nativePrototype) as object;

/** A thenable whose `then` runs in a context of ours, though a microtask calls it. */
class Carrier {
  readonly #thenable: unknown;
  readonly #context: object;
  readonly #contexts: PromiseContexts;

  constructor(contexts: PromiseContexts, thenable: unknown, context: object) {
    this.#contexts = contexts;
    this.#thenable = thenable;
    this.#context = context;
  }

  static unwrap(value: unknown): unknown {
    return typeof value === 'object' && value !== null && #thenable in value ? value.#thenable : value;
  }

  get then(): unknown {
    const thenable = this.#thenable;
    const then = this.#contexts.run(this.#context, () => (thenable as { then?: unknown }).then);
    if (typeof then !== 'function') return undefined;
    return (resolve: unknown, reject: unknown) =>
      this.#contexts.run(this.#context, () => apply(then as Callable, thenable, [resolve, reject]));
  }
}

/** How a promise was settled. */
export interface Outcome {
  readonly rejected: boolean;
  readonly value: unknown;
}

const outcomes = new WeakMap<object, Outcome>();

function note(promise: unknown, rejected: boolean, value: unknown): void {
  if (typeof promise === 'object' && promise !== null) outcomes.set(promise, { rejected, value });
}

/** Whether the engine itself waits for it, without calling a `then` that a program may see. */
function isPlainPromise(value: object): boolean {
  return getPrototypeOf(value) === nativePrototype;
}

/** The functions that the engine hands to `then`: they run no code of a program. */
function isEngineFunction(value: unknown): boolean {
  return (
    typeof value === 'function' && value.length === 1 && value.name === '' && sourceOf(value) === nativeText
  );
}

/**
 * Promise hooks for an engine that has none. Callbacks of promises get their context from a `then` of ours; functions
 * that `await` carry it themselves (see transform.ts). While nobody uses hooks, both cost a comparison.
 *
 * The browser does not tell when a microtask ends, so the context that one entered is left when the next begins.
 */
export class PromiseContexts {
  #hooks: PromiseHooks = {};
  #enabled = false;
  /** Whose context the microtask that runs now entered. */
  #open: object | undefined;

  setHooks(hooks: PromiseHooks): void {
    this.leave();
    this.#hooks = hooks;
    const { init, before, after, settled } = hooks;
    this.#enabled = [init, before, after, settled].some((hook) => hook !== undefined);
  }

  /** As far as it is known: the browser tells nobody, so only of promises that were made settled. */
  outcome(promise: object): Outcome | undefined {
    return outcomes.get(promise);
  }

  get hooks(): PromiseHooks {
    return this.#hooks;
  }

  /** Leaves what the last microtask entered; returns what enters it again. */
  leave(): object | undefined {
    const open = this.#open;
    if (open === undefined) return undefined;
    this.#open = undefined;
    this.#hooks.after?.(open);
    return open;
  }

  readonly enter = (context: object | undefined): void => {
    if (context === undefined || context === this.#open) return;
    this.leave();
    if (!this.#enabled) return;
    this.#open = context;
    this.#hooks.before?.(context);
  };

  /** Runs a function in a context, within whatever runs now. */
  run(context: object, task: () => unknown): unknown {
    const { before, after } = this.#hooks;
    before?.(context);
    try {
      return task();
    } finally {
      if (this.#enabled) after?.(context);
    }
  }

  /** Functions for rewritten code, in the order of `runtimeParameters`. */
  get runtime(): unknown[] {
    const functions: Record<string, unknown> = {
      [names.now]: () => (this.#enabled ? waiting() : undefined),
      [names.wait]: (value: unknown, context: object | undefined) =>
        context === undefined ? value : this.#wait(value, context),
      [names.back]: (value: unknown, context: object | undefined) => {
        if (context === undefined) {
          if (this.#open !== undefined) this.leave();
          return value;
        }
        this.enter(context);
        return Carrier.unwrap(value);
      },
      [names.enter]: this.enter,
      [names.give]: (value: unknown) => (this.#enabled ? this.#give(value) : value),
      [names.keep]: () => {
        if (!this.#enabled) return undefined;
        const context = waiting();
        this.#hooks.init?.(context, undefined);
        return context;
      },
      [names.pass]: (value: unknown) => value,
    };
    return runtimeParameters.map((name) => functions[name]);
  }

  /**
   * Replaces what of `Promise` runs callbacks. Has to happen before Node's library keeps copies.
   * @param disguise Makes a function look native.
   */
  install(disguise: (method: object) => void): void {
    // The methods get a `this` of their own: the promise.
    const enabled = (): boolean => this.#enabled;
    const derive = this.#derive.bind(this);
    const give = this.#give.bind(this);
    const methods = {
      then(this: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
        if (!enabled()) return nativeThen(this, onFulfilled, onRejected);
        if (isEngineFunction(onFulfilled) && isEngineFunction(onRejected))
          return nativeThen(this, onFulfilled, onRejected);
        return derive(this, nativeThen, onFulfilled, onRejected);
      },
      finally(this: unknown, onFinally: unknown): unknown {
        return enabled() ? derive(this, nativeFinally, onFinally) : nativeFinally(this, onFinally);
      },
      resolve(this: unknown, value: unknown): unknown {
        const promise = nativeResolve(this, enabled() ? give(value) : value);
        if (typeof value !== 'object' && typeof value !== 'function') note(promise, false, value);
        return promise;
      },
      reject(this: unknown, reason: unknown): unknown {
        const promise = nativeReject(this, reason);
        note(promise, true, reason);
        return promise;
      },
    };
    define(nativePrototype, 'then', methods.then);
    define(nativePrototype, 'finally', methods.finally);
    define(NativePromise, 'resolve', methods.resolve);
    define(NativePromise, 'reject', methods.reject);
    Object.values(methods).forEach(disguise);
  }

  #derive(
    self: unknown,
    method: (self: unknown, ...args: unknown[]) => unknown,
    ...given: unknown[]
  ): unknown {
    const callbacks = given.map((callback) => {
      if (typeof callback !== 'function') return callback;
      return (...values: unknown[]): unknown => {
        if (!this.#enabled) return apply(callback as Callable, undefined, values);
        this.leave();
        return this.run(derived, () => {
          const result = this.#give(apply(callback as Callable, undefined, values));
          this.#hooks.settled?.(derived);
          return result;
        });
      };
    });
    const derived = method(self, ...callbacks) as object;
    this.#hooks.init?.(derived, typeof self === 'object' && self !== null ? self : undefined);
    return derived;
  }

  #wait(value: unknown, context: object): unknown {
    const waits = typeof value === 'object' && value !== null;
    const plain = waits && isPlainPromise(value);
    this.#hooks.init?.(context, plain ? value : undefined);
    if (plain || (!waits && typeof value !== 'function')) return value;
    return new Carrier(this, value, context);
  }

  /** What a promise is to be resolved with: a thenable of somebody's own is called in this context. */
  #give(value: unknown): unknown {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
    if (isPlainPromise(value) || typeof (value as { then?: unknown }).then !== 'function') return value;
    const context = waiting();
    this.#hooks.init?.(context, undefined);
    return new Carrier(this, value, context);
  }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}
