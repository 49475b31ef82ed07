import type { Binding } from '../context.ts';
import { isNamespace } from '../esm/namespace.ts';

const toText = Object.prototype.toString;

function tagOf(value: unknown): string {
  return (Reflect.apply(toText, value, []) as string).slice(8, -1);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A check that succeeds when a method of the class accepts the value: it looks at internal slots, not at names. */
function accepts(method: ((this: never, ...args: never[]) => unknown) | undefined, ...args: unknown[]) {
  return (value: unknown): boolean => {
    if (!isObject(value) || method === undefined) return false;
    try {
      Reflect.apply(method as (...args: unknown[]) => unknown, value, args);
      return true;
    } catch {
      return false;
    }
  };
}

function getter(prototype: object, name: PropertyKey): ((this: never) => unknown) | undefined {
  return Reflect.getOwnPropertyDescriptor(prototype, name)?.get;
}

const proxies = new WeakMap<object, { target: object; handler: object }>();

/** Target and handler of a proxy that a submission made. */
export function proxyDetails(value: unknown): { target: object; handler: object } | undefined {
  return isObject(value) || typeof value === 'function' ? proxies.get(value) : undefined;
}

/** Only the engine itself can tell a proxy; so the constructor is replaced by one that remembers. */
export function installProxyRegistry(): void {
  const Native = Proxy;
  const remember = (target: object, handler: ProxyHandler<object>): object => {
    const proxy: object = new Native(target, handler);
    proxies.set(proxy, { target, handler });
    return proxy;
  };
  const Registered = new Native(Native, {
    construct: (_, [target, handler]: [object, ProxyHandler<object>]) => remember(target, handler),
    get(native, key, receiver): unknown {
      if (key !== 'revocable') return Reflect.get(native, key, receiver);
      return function revocable(target: object, handler: ProxyHandler<object>) {
        const pair = native.revocable(target, handler);
        proxies.set(pair.proxy, { target, handler });
        return pair;
      };
    },
  });
  Object.defineProperty(globalThis, 'Proxy', {
    value: Registered,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

const isNumberObject = accepts(Number.prototype.valueOf);
const isStringObject = accepts(String.prototype.valueOf);
const isBooleanObject = accepts(Boolean.prototype.valueOf);
const isBigIntObject = accepts(BigInt.prototype.valueOf);
const isSymbolObject = accepts(Symbol.prototype.valueOf);
const isArrayBuffer = accepts(getter(ArrayBuffer.prototype, 'byteLength'));
const isSharedArrayBuffer = accepts(getter(SharedArrayBuffer.prototype, 'byteLength'));
const isRegExp = accepts(getter(RegExp.prototype, 'source'));
const promiseThen = accepts(function (this: unknown) {
  if (!(this instanceof Promise)) throw new TypeError('not a promise');
});

/** The `types` binding: what V8 knows of a value. */
export function createTypesBinding(): Binding {
  return {
    isExternal: () => false,
    isDate: accepts(Date.prototype.getTime),
    isArgumentsObject: (value: unknown) =>
      isObject(value) && !(Symbol.toStringTag in value) && tagOf(value) === 'Arguments',
    isBigIntObject,
    isBooleanObject,
    isNumberObject,
    isStringObject,
    isSymbolObject,
    isBoxedPrimitive: (value: unknown) =>
      isNumberObject(value) ||
      isStringObject(value) ||
      isBooleanObject(value) ||
      isBigIntObject(value) ||
      isSymbolObject(value),
    isNativeError: (value: unknown) =>
      isObject(value) &&
      value instanceof Error &&
      (Object.hasOwn(value, 'stack') || tagOf(value) === 'Error'),
    isRegExp: (value: unknown) => value !== RegExp.prototype && isRegExp(value),
    isAsyncFunction: (value: unknown) => typeof value === 'function' && tagOf(value).startsWith('Async'),
    isGeneratorFunction: (value: unknown) =>
      typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
    isGeneratorObject: (value: unknown) => isObject(value) && tagOf(value) === 'Generator',
    isPromise: promiseThen,
    isMap: accepts(getter(Map.prototype, 'size')),
    isSet: accepts(getter(Set.prototype, 'size')),
    isMapIterator: (value: unknown) => isObject(value) && tagOf(value) === 'Map Iterator',
    isSetIterator: (value: unknown) => isObject(value) && tagOf(value) === 'Set Iterator',
    isWeakMap: accepts(WeakMap.prototype.has, {}),
    isWeakSet: accepts(WeakSet.prototype.has, {}),
    isArrayBuffer,
    isDataView: accepts(getter(DataView.prototype, 'byteLength')),
    isSharedArrayBuffer,
    isAnyArrayBuffer: (value: unknown) => isArrayBuffer(value) || isSharedArrayBuffer(value),
    isProxy: (value: unknown) => proxyDetails(value) !== undefined,
    isModuleNamespaceObject: isNamespace,
  };
}
