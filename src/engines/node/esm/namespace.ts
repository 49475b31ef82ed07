/** Namespace objects of emulated modules; the browser's own cannot be made by hand. */

const namespaces = new WeakSet<object>();
const NativeProxy = Proxy;

/** What a module exports under a name. */
export interface ExportBinding {
  /** Its value now. @throws ReferenceError before it has one. */
  readonly get: () => unknown;
  /** Whether the value may change once the module has run. */
  readonly changes: boolean;
}

function textOf(key: PropertyKey): string {
  return typeof key === 'symbol' ? key.toString() : String(key);
}

/** Whether a definition leaves a property of a namespace as it is, which is all that is allowed. */
function changesNothing(wanted: PropertyDescriptor, value: () => unknown): boolean {
  if (wanted.configurable === true || wanted.enumerable === false || wanted.writable === false) return false;
  if (wanted.get !== undefined || wanted.set !== undefined) return false;
  return !('value' in wanted) || Object.is(wanted.value, value());
}

/**
 * A namespace as the language defines it: names sorted, values live, nothing to be changed. Its properties look like
 * plain ones, so a proxy answers; the target carries them too, as a proxy's rules ask. A refusal throws with the
 * engine's text for namespaces (a proxy's own would speak of traps), in sloppy code and for Reflect.set, too.
 */
export function createNamespace(exports: ReadonlyMap<string, ExportBinding>): object {
  const target = Object.create(null) as Record<PropertyKey, unknown>;
  for (const name of [...exports.keys()].sort()) {
    Object.defineProperty(target, name, { value: undefined, writable: true, enumerable: true });
  }
  Object.defineProperty(target, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(target);
  const valueOf = (key: PropertyKey): unknown =>
    typeof key === 'string' ? exports.get(key)?.get() : Reflect.get(target, key);
  const namespace = new NativeProxy(target, {
    get: (_, key) => valueOf(key),
    set(_, key) {
      throw new TypeError(
        Object.hasOwn(target, key)
          ? `Cannot assign to read only property '${textOf(key)}' of object '[object Module]'`
          : `Cannot add property ${textOf(key)}, object is not extensible`,
      );
    },
    deleteProperty(_, key) {
      if (!Object.hasOwn(target, key)) return true;
      throw new TypeError(`Cannot delete property '${textOf(key)}' of [object Module]`);
    },
    defineProperty(_, key, wanted) {
      if (!Object.hasOwn(target, key))
        throw new TypeError(`Cannot define property ${textOf(key)}, object is not extensible`);
      if (typeof key === 'symbol') return Reflect.defineProperty(target, key, wanted);
      if (changesNothing(wanted, () => valueOf(key))) return true;
      throw new TypeError(`Cannot redefine property: ${textOf(key)}`);
    },
    setPrototypeOf(_, prototype) {
      if (prototype === null) return true;
      throw new TypeError('[object Module] is not extensible');
    },
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
