/**
 * Stack traces as Node prints them. The sources run here by `eval`, for which V8 names anonymous functions "eval";
 * and frames of this engine's own code stand for what is native in Node, which shows none.
 */

interface CallSite {
  toString(): string;
  getScriptNameOrSourceURL(): string | null | undefined;
  getTypeName(): string | null;
}

const errorToString = Error.prototype.toString;

function isEngineFrame(site: CallSite): boolean {
  return site.getScriptNameOrSourceURL()?.startsWith('blob:') === true;
}

/**
 * Newer engines name a method of a function by that function, Node's only does so for classes: `router.handle` is
 * `Function.handle` there. Whether it is a class no call site tells, so the first letter decides.
 */
function namedAsMethod(site: CallSite): string {
  const text = site.toString();
  const type = site.getTypeName();
  if (type === null || type === 'process' || !/^[a-z]/.test(type)) return text;
  const start = text.startsWith('async ') ? 'async ' : '';
  const prefix = `${start}${type}.`;
  return text.startsWith(prefix) ? `${start}Function.${text.slice(prefix.length)}` : text;
}

function frameText(site: CallSite, shifts: ReadonlyMap<string, number>): string {
  return namedAsMethod(site)
    .replace(/^(async )?eval \((.*)\)$/, '$1$2')
    .replace(/^(.*\.)eval \[as ([^\]]*)\] \(/, '$1$2 (')
    .replace(/^(.*\.|new |async )eval \(/, '$1<anonymous> (')
    .replace(/^Module\.executeUserEntryPoint /, 'Function.executeUserEntryPoint ')
    .replace(/:1:(\d+)(\)?)$/, (place, column: string, end: string) => {
      const shift = shifts.get(site.getScriptNameOrSourceURL() ?? '') ?? 0;
      return shift === 0 ? place : `:1:${Math.max(1, Number(column) - shift)}${end}`;
    });
}

/**
 * Replaces the function that Node's bootstrap sets; a program may set its own, as natively.
 * @param shifts How far the first line of a file was moved, by the file's name.
 */
export function installStackTraces(shifts: ReadonlyMap<string, number>): void {
  function ErrorPrepareStackTrace(error: unknown, trace: readonly CallSite[]): string {
    let head: string;
    try {
      head = Reflect.apply(errorToString, error, []) as string;
    } catch {
      head = '<error>';
    }
    const frames = trace
      .filter((site) => !isEngineFrame(site))
      .map((site) => `    at ${frameText(site, shifts)}`);
    return [head, ...frames].join('\n');
  }
  let current: PrepareStackTrace | undefined = ErrorPrepareStackTrace;
  Object.defineProperty(Error, 'prepareStackTrace', {
    get: () => current,
    set(own: unknown) {
      if (typeof own !== 'function') current = own === undefined ? ErrorPrepareStackTrace : undefined;
      else current = own === ErrorPrepareStackTrace ? ErrorPrepareStackTrace : givenNodeSites(own, shifts);
    },
    enumerable: false,
    configurable: true,
  });
}

type PrepareStackTrace = (error: unknown, trace: readonly CallSite[]) => unknown;

/** Functions that already see call sites as Node gives them; a program may put back what it has read. */
const adapted = new WeakSet<object>();

/** A program's own `Error.prepareStackTrace`, called with call sites that say what Node's would. */
function givenNodeSites(own: CallableFunction, shifts: ReadonlyMap<string, number>): PrepareStackTrace {
  if (adapted.has(own)) return own as PrepareStackTrace;
  const prepare: PrepareStackTrace = (error, trace) => {
    const sites = trace.filter((site) => !isEngineFrame(site)).map((site) => nodeSite(site, shifts));
    return Reflect.apply(own, Error, [error, sites]) as unknown;
  };
  adapted.add(prepare);
  return prepare;
}

/**
 * V8 knows no file name for a source that was evaluated, only the name that the source gives itself; and methods of
 * a call site accept no other receiver, so that each is passed on.
 */
function nodeSite(site: CallSite, shifts: ReadonlyMap<string, number>): CallSite {
  const wrapped: Record<string, unknown> = {};
  const prototype = Object.getPrototypeOf(site) as object;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method = Reflect.get(prototype, name) as unknown;
    if (name === 'constructor' || typeof method !== 'function') continue;
    wrapped[name] = (...args: unknown[]) => Reflect.apply(method, site, args) as unknown;
  }
  return Object.assign(Object.create(null) as CallSite, wrapped, {
    getFileName: () => site.getScriptNameOrSourceURL(),
    getEvalOrigin: () => undefined,
    isEval: () => false,
    toString: () => frameText(site, shifts),
  });
}
