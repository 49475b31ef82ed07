/**
 * Cuts the browser's realm down to that of Node 20: globals that only browsers have, and whatever the language got
 * since then, are taken away, so that a submission neither escapes by them nor passes because of them.
 */

import { thrownByBuiltin } from './stack-traces.ts';

/** `constants.intrinsics`: own property names by path, `@@x` for well-known symbols. */
export interface Intrinsics {
  readonly global: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
}

function hidden(): Record<string, object | undefined> {
  const arrayIterator = Reflect.getPrototypeOf([][Symbol.iterator]());
  const asyncGenerator = Reflect.getPrototypeOf(
    async function* () {
      yield;
    }.prototype as object,
  );
  const typedArray = Reflect.getPrototypeOf(Uint8Array) as { prototype: object } | null;
  return {
    '%Iterator.prototype%': (arrayIterator && Reflect.getPrototypeOf(arrayIterator)) ?? undefined,
    '%AsyncIterator.prototype%': (asyncGenerator && Reflect.getPrototypeOf(asyncGenerator)) ?? undefined,
    '%TypedArray%': typedArray ?? undefined,
    '%TypedArray%.prototype': typedArray?.prototype,
  };
}

function keyOf(key: PropertyKey): string {
  return typeof key === 'symbol' ? `@@${(key.description ?? '').replace(/^Symbol\./, '')}` : String(key);
}

function prune(object: object, allowed: ReadonlySet<string>): void {
  for (const key of Reflect.ownKeys(object)) {
    if (!allowed.has(keyOf(key))) Reflect.deleteProperty(object, key);
  }
}

function objectAt(path: string): object | undefined {
  const [name = '', member] = path.split('.');
  const value: unknown = Reflect.get(globalThis, name);
  const found: unknown =
    member === undefined ? value : (value as { prototype?: unknown } | undefined)?.prototype;
  return (typeof found === 'object' || typeof found === 'function') && found !== null ? found : undefined;
}

/** Removes every global that the language of Node 20 does not have; Node's own are added by its bootstrap. */
function pruneGlobals(allowed: ReadonlySet<string>): void {
  for (let object: object | null = globalThis; object !== null && object !== Object.prototype;) {
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' && object !== globalThis) continue;
      if (object !== globalThis || !allowed.has(keyOf(key))) Reflect.deleteProperty(object, key);
    }
    object = Reflect.getPrototypeOf(object);
  }
  for (let object = Reflect.getPrototypeOf(globalThis); object !== null && object !== Object.prototype;) {
    Object.defineProperty(object, 'constructor', { value: Object, writable: true, configurable: true });
    object = Reflect.getPrototypeOf(object);
  }
}

/** Newer engines say where in the text JSON is wrong; Node 20 gives the position only. */
function restoreJsonErrors(): void {
  const { parse } = JSON;
  const suffix = / \(line \d+ column \d+\)/;
  const replacement = {
    parse(
      this: unknown,
      text: string,
      reviver?: (this: unknown, key: string, value: unknown) => unknown,
    ): unknown {
      try {
        return parse(text, reviver) as unknown;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        const failure = new SyntaxError(error.message.replace(suffix, ''));
        Error.captureStackTrace(failure, replacement.parse);
        thrownByBuiltin.set(failure, this === JSON ? 'JSON.parse' : 'parse');
        throw failure;
      }
    },
  };
  Object.defineProperty(JSON, 'parse', { value: replacement.parse, writable: true, configurable: true });
}

/** Has to run before Node's bootstrap, which keeps copies of what it finds. */
export function restoreNode20Intrinsics(intrinsics: Intrinsics): void {
  const allowed = new Set(intrinsics.global.filter((name) => name !== 'console'));
  allowed.add('Proxy');
  const members = hidden();
  for (const [path, keys] of Object.entries(intrinsics.members)) {
    const object = path.startsWith('%') ? members[path] : objectAt(path);
    if (object !== undefined && path !== 'console') prune(object, new Set(keys));
  }
  pruneGlobals(allowed);
  restoreJsonErrors();
}
