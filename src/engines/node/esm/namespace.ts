/** Namespace objects of emulated modules; the browser's own cannot be made by hand. */

const namespaces = new WeakSet<object>();
const NativeProxy = Proxy;

/** What a module exports under a name: read afresh at each access, so bindings stay live. */
export type ExportGetter = () => unknown;

/**
 * A namespace as the language defines it: names sorted, values live, nothing to be changed. Its properties look like
 * plain ones, so a proxy answers; the target carries them too, as a proxy's rules ask.
 */
export function createNamespace(exports: ReadonlyMap<string, ExportGetter>): object {
  const target = Object.create(null) as Record<PropertyKey, unknown>;
  for (const name of [...exports.keys()].sort()) {
    Object.defineProperty(target, name, { value: undefined, writable: true, enumerable: true });
  }
  Object.defineProperty(target, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(target);
  const valueOf = (key: PropertyKey): unknown =>
    typeof key === 'string' ? exports.get(key)?.() : Reflect.get(target, key);
  const namespace = new NativeProxy(target, {
    get: (_, key) => valueOf(key),
    set: () => false,
    deleteProperty: (_, key) => !Object.hasOwn(target, key),
    defineProperty: () => false,
    setPrototypeOf: (_, prototype) => prototype === null,
    getOwnPropertyDescriptor(_, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
      return descriptor !== undefined && typeof key === 'string'
        ? { ...descriptor, value: valueOf(key) }
        : descriptor;
    },
  });
  namespaces.add(namespace);
  return namespace;
}

export function isNamespace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && namespaces.has(value);
}
