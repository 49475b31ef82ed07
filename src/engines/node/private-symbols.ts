/**
 * V8's private symbols are properties that no reflection shows. Here each is an accessor on Object.prototype over a
 * WeakMap, so that setting one on an object leaves no trace among the object's own keys.
 */
export function hidePrivateSymbols(symbols: readonly symbol[]): void {
  for (const symbol of symbols) {
    const values = new WeakMap<object, unknown>();
    Object.defineProperty(Object.prototype, symbol, {
      get(this: unknown) {
        return typeof this === 'object' || typeof this === 'function'
          ? values.get(this as object)
          : undefined;
      },
      set(this: object, value: unknown) {
        values.set(this, value);
      },
      enumerable: false,
      configurable: false,
    });
  }
}
