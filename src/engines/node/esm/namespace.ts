/** Namespace objects of emulated modules; the browser's own cannot be made by hand. */

const namespaces = new WeakSet<object>();

/** What a module exports under a name: read afresh at each access, so bindings stay live. */
export type ExportGetter = () => unknown;

function refuse(name: string): never {
  throw new TypeError(`Cannot assign to read only property '${name}' of object '[object Module]'`);
}

/** A frozen-shaped object with the given names, sorted as the language asks. */
export function createNamespace(exports: ReadonlyMap<string, ExportGetter>): object {
  const namespace = Object.create(null) as object;
  for (const name of [...exports.keys()].sort()) {
    const get = exports.get(name);
    if (get === undefined) continue;
    Object.defineProperty(namespace, name, {
      get,
      set: () => refuse(name),
      enumerable: true,
      configurable: false,
    });
  }
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(namespace);
  namespaces.add(namespace);
  return namespace;
}

export function isNamespace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && namespaces.has(value);
}
