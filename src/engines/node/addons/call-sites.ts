/**
 * Packages with compiled parts find their own folder by asking V8's call sites for the file that called them
 * (npm's `bindings`). Files of a submission run here by `eval`, whose call sites name no file: programs that set
 * `Error.prepareStackTrace` therefore get call sites that answer as those of a file loaded by Node.
 */

type PrepareStackTrace = (error: unknown, sites: readonly NodeJS.CallSite[]) => unknown;

/** A call site of evaluated code as one of the file that its sourceURL names. */
function named(site: NodeJS.CallSite): NodeJS.CallSite {
  const source = (
    site as NodeJS.CallSite & { getScriptNameOrSourceURL(): string | null }
  ).getScriptNameOrSourceURL();
  if (!site.isEval() || source === null) return site;
  const answers: Partial<Record<string | symbol, unknown>> = {
    getFileName: () => source,
    isEval: () => false,
    getEvalOrigin: () => undefined,
  };
  return new Proxy(site, {
    get(target, key) {
      const own = answers[key];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Puts names on the call sites that programs see. To be called once, after the realm set its own formatting. */
export function nameCallSites(): void {
  const wrapped = new WeakSet<object>();
  let current: unknown = Reflect.get(Error, 'prepareStackTrace');
  Object.defineProperty(Error, 'prepareStackTrace', {
    configurable: true,
    enumerable: false,
    get: () => current,
    set(value: unknown) {
      if (typeof value !== 'function' || wrapped.has(value)) {
        current = value;
        return;
      }
      const given = value as PrepareStackTrace;
      const wrapper: PrepareStackTrace = (error, sites) =>
        Reflect.apply(given, Error, [error, sites.map(named)]);
      wrapped.add(wrapper);
      current = wrapper;
    },
  });
  // What the realm set stands as it is when a program puts it back.
  if (typeof current === 'function') wrapped.add(current);
}
