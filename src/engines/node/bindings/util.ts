import type { Binding, RealmContext } from '../context.ts';
import { parseEnvText } from '../env-file.ts';
import { previewIterator } from './previews.ts';
import { proxyDetails } from './types.ts';

/** V8's property filters. */
const skipSymbols = 16;
const onlyEnumerable = 2;

/** Indexes of `handleTypes` in lib/internal/util.js. */
const handleType = { file: 3, pipe: 4, unknown: 5 } as const;

const arrayIndex = /^(?:0|[1-9]\d*)$/;

/** The class by which `util.inspect` names an object. */
function getConstructorName(value: object): string {
  for (let object: object | null = value; object !== null; object = Reflect.getPrototypeOf(object)) {
    const constructor: unknown = Reflect.getOwnPropertyDescriptor(object, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '') return constructor.name;
  }
  return 'Object';
}

function getOwnNonIndexProperties(value: object, filter: number): PropertyKey[] {
  return Reflect.ownKeys(value).filter(
    (key) =>
      !(typeof key === 'string' && arrayIndex.test(key)) &&
      ((filter & skipSymbols) === 0 || typeof key !== 'symbol') &&
      ((filter & onlyEnumerable) === 0 || Reflect.getOwnPropertyDescriptor(value, key)?.enumerable === true),
  );
}

/** Whether the nearest caller outside Node's library is a file of a package. */
function isInsideNodeModules(): boolean {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  const caller = frames.find((frame) => /\((?:file:\/\/)?\/|at (?:file:\/\/)?\//.test(frame));
  return caller !== undefined && caller.includes('/node_modules/');
}

/** The `util` binding. What only V8 can tell (the state of a promise, entries of an iterator) is told as unknown. */
export function createUtilBinding(realm: RealmContext): Binding {
  const constants = realm.constantsOf('util')['constants'] as Record<string, number>;
  return {
    constants,
    privateSymbols: realm.privateSymbols,
    shouldAbortOnUncaughtToggle: new Uint32Array(1),
    isInsideNodeModules,
    getPromiseDetails(promise: object) {
      const settled = realm.promises.outcome(promise);
      if (settled === undefined) return [constants['kPending'], undefined];
      return [constants[settled.rejected ? 'kRejected' : 'kFulfilled'], settled.value];
    },
    getProxyDetails(value: unknown, both = true): unknown {
      const details = proxyDetails(value);
      if (details === undefined) return undefined;
      return both ? [details.target, details.handler] : details.target;
    },
    getCallerLocation: () => undefined,
    isArrayBufferDetached: (buffer: { detached?: boolean }) => buffer.detached === true,
    previewEntries(value: unknown, isIterator?: boolean): unknown {
      if (isIterator !== true) return [];
      if (value instanceof Map) return [[...(value as Map<unknown, unknown>)].flat(1), true];
      if (value instanceof Set) return [[...(value as Set<unknown>)], false];
      return previewIterator(value as object);
    },
    getOwnNonIndexProperties,
    getConstructorName,
    getExternalValue: () => 0n,
    sleep: (milliseconds: number) =>
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
    parseEnv: parseEnvText,
    arrayBufferViewHasBuffer: () => true,
    guessHandleType: (fd: number) => (fd <= 2 ? handleType.pipe : handleType.file),
    isArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
    isArrayBufferView: (value: unknown) => ArrayBuffer.isView(value),
  };
}
