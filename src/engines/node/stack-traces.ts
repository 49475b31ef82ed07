/**
 * Stack traces as Node prints them. The sources run here by `eval`, for which V8 names anonymous functions "eval";
 * frames of this engine's own code stand for what is native in Node, which shows none; and columns are those of the
 * rewritten sources.
 */

/** Finds columns of the submission's own text; see compile.ts. */
export interface OriginalPlaces {
  originalColumn(file: string, line: number, column: number): number;
  /** Whether a source of this name was compiled by the engine, not by the program's own `eval`. */
  knows(file: string): boolean;
}

/** Node's `overrideStackTrace`: functions that format the stack of one error, each for once. */
export interface StackOverrides {
  get(error: object): PrepareStackTrace | undefined;
  delete(error: object): boolean;
}

type PrepareStackTrace = (error: unknown, trace: readonly unknown[]) => unknown;

/** V8's call site: what the frames of a trace can be asked. */
interface CallSite {
  getThis(): unknown;
  getTypeName(): string | null;
  getFunction(): unknown;
  getFunctionName(): string | null;
  getMethodName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getPosition?(): number;
  getEnclosingLineNumber?(): number;
  getEnclosingColumnNumber?(): number;
  getPromiseIndex(): number | null;
  getScriptNameOrSourceURL(): string | null | undefined;
  getScriptHash?(): string;
  isToplevel(): boolean;
  isNative(): boolean;
  isConstructor(): boolean;
  isAsync(): boolean;
  isPromiseAll(): boolean;
  toString(): string;
}

function isEngineFrame(site: CallSite): boolean {
  return site.getScriptNameOrSourceURL()?.startsWith('blob:') === true;
}

/** Frames as Node has them: none of this engine, nor what the engine calls to run a program's code. */
function nodeFrames(trace: readonly CallSite[]): CallSite[] {
  return trace.filter((site, index) => {
    if (isEngineFrame(site)) return false;
    const caller = trace[index + 1];
    if (caller === undefined || !isEngineFrame(caller)) return true;
    const name = site.getFunctionName();
    const evaluates = name === 'eval' && (site.getScriptNameOrSourceURL() ?? '') === '';
    return !evaluates && !(name === 'next' && site.getTypeName() === 'Generator');
  });
}

/**
 * Newer engines name a method of a function by that function, Node's only does so for classes: `router.handle` is
 * `Function.handle` there. Whether it is a class no call site tells, so the first letter decides.
 */
function namedAsMethod(site: CallSite): string {
  const text = site.toString();
  const type = site.getTypeName();
  if (type === null || type === 'process' || !/^[a-z]/.test(type) || site.getLineNumber() === null)
    return text;
  const start = text.startsWith('async ') ? 'async ' : '';
  const prefix = `${start}${type}.`;
  return text.startsWith(prefix) ? `${start}Function.${text.slice(prefix.length)}` : text;
}

const placePattern = /:(\d+):(\d+)(\)?)$/;
const evalOrigin = /\(eval at (.*?) \(([^()]*)\), <anonymous>/;

/** Text of a frame of code that the program evaluated: where it did so is the first frame below in that file. */
function evaluatedText(text: string, below: readonly CallSite[], places: OriginalPlaces): string {
  return text.replace(evalOrigin, (whole, name: string, file: string) => {
    const caller = below.find((site) => site.getScriptNameOrSourceURL() === file);
    const line = caller?.getLineNumber() ?? null;
    const column = caller?.getColumnNumber() ?? null;
    if (line === null || column === null) return whole;
    const place = `${file}:${line}:${places.originalColumn(file, line, column)}`;
    return `(eval at ${name} (${place}), <anonymous>`;
  });
}

function frameText(site: CallSite, below: readonly CallSite[], places: OriginalPlaces): string {
  const file = site.getScriptNameOrSourceURL() ?? '';
  const named = namedAsMethod(site)
    .replace(/^(get|set) (\S+) \(/, '$1 $2 [as $2] (')
    .replace(/^Module\.executeUserEntryPoint /, 'Function.executeUserEntryPoint ');
  if (!places.knows(file))
    return file === '' ? evaluatedText(named, below, places) : unevaluated(named, file);
  return unevaluated(named, 'node:').replace(
    placePattern,
    (_place, line: string, column: string, end: string) =>
      `:${line}:${places.originalColumn(file, Number(line), Number(column))}${end}`,
  );
}

/** A frame without the name "eval" of the function that the engine's own evaluation makes. */
function unevaluated(text: string, file: string): string {
  if (!file.startsWith('node:')) return text;
  return text
    .replace(/^(async )?(?:eval|Proxy\.eval) \((.*)\)$/, '$1$2')
    .replace(/^(.*\.)eval \[as ([^\]]*)\] \(/, '$1$2 (')
    .replace(/^(.*\.|new |async )eval \(/, '$1<anonymous> (');
}

/**
 * A call site that answers as Node's does. V8 knows no file name for a source that was evaluated, only the name that
 * the source gives itself.
 */
class NodeCallSite implements CallSite {
  readonly #site: CallSite;
  readonly #below: readonly CallSite[];
  readonly #places: OriginalPlaces;

  /** @param below The frames of its callers. */
  constructor(site: CallSite, below: readonly CallSite[], places: OriginalPlaces) {
    this.#site = site;
    this.#below = below;
    this.#places = places;
  }

  getThis(): unknown {
    return this.#site.getThis();
  }
  getTypeName(): string | null {
    return this.#site.getTypeName();
  }
  getFunction(): unknown {
    return this.#site.getFunction();
  }
  getFunctionName(): string | null {
    const name = this.#site.getFunctionName();
    return name === 'eval' && this.#places.knows(this.getFileName() ?? '') ? null : name;
  }
  getMethodName(): string | null {
    return this.#site.getMethodName();
  }
  getFileName(): string | undefined {
    return this.#site.getScriptNameOrSourceURL() ?? undefined;
  }
  getLineNumber(): number | null {
    return this.#site.getLineNumber();
  }
  getColumnNumber(): number | null {
    const column = this.#site.getColumnNumber();
    const line = this.#site.getLineNumber();
    if (column === null || line === null) return column;
    return this.#places.originalColumn(this.getFileName() ?? '', line, column);
  }
  getPosition(): number {
    return this.#site.getPosition?.() ?? 0;
  }
  getEnclosingLineNumber(): number {
    return this.#site.getEnclosingLineNumber?.() ?? 0;
  }
  getEnclosingColumnNumber(): number {
    return this.#site.getEnclosingColumnNumber?.() ?? 0;
  }
  getPromiseIndex(): number | null {
    return this.#site.getPromiseIndex();
  }
  getScriptNameOrSourceURL(): string | null | undefined {
    return this.#site.getScriptNameOrSourceURL();
  }
  getScriptHash(): string {
    return this.#site.getScriptHash?.() ?? '';
  }
  getEvalOrigin(): undefined {
    return undefined;
  }
  isToplevel(): boolean {
    return this.#site.isToplevel();
  }
  isEval(): boolean {
    return false;
  }
  isNative(): boolean {
    return this.#site.isNative();
  }
  isConstructor(): boolean {
    return this.#site.isConstructor();
  }
  isAsync(): boolean {
    return this.#site.isAsync();
  }
  isPromiseAll(): boolean {
    return this.#site.isPromiseAll();
  }
  toString(): string {
    return frameText(this.#site, this.#below, this.#places);
  }
}

/** A call site of a function without a source. @param name As V8 writes it, e.g. `JSON.parse`. */
function builtinSite(name: string): CallSite {
  const method = name.slice(name.lastIndexOf('.') + 1);
  const type = name === method ? null : 'Object';
  return {
    getThis: () => undefined,
    getTypeName: () => type,
    getFunction: () => undefined,
    getFunctionName: () => method,
    getMethodName: () => (type === null ? null : method),
    getLineNumber: () => null,
    getColumnNumber: () => null,
    getPromiseIndex: () => null,
    getScriptNameOrSourceURL: () => undefined,
    isToplevel: () => type === null,
    isNative: () => false,
    isConstructor: () => false,
    isAsync: () => false,
    isPromiseAll: () => false,
    toString: () => `${name} (<anonymous>)`,
  };
}

/** Errors that a replacement of ours for a built-in function threw, and what the frame of that function says. */
export const thrownByBuiltin = new WeakMap<object, string>();

Object.defineProperty(NodeCallSite, 'name', { value: 'CallSite' });

/** How many frames of the engine may stand between those of the program that it runs and those that asked for it. */
const room = 16;
const raised: { readonly from: number; readonly to: number }[] = [];

/** The number of frames that the program wants; not what was added for frames of the engine. */
function wantedFrames(): number {
  let limit: unknown = Error.stackTraceLimit;
  for (const { from, to } of raised.toReversed()) if (limit === to) limit = from;
  return typeof limit === 'number' ? limit : Infinity;
}

/** Runs a program's code from the engine's own, whose frames are left out and so must not count. */
export function amongEngineFrames<T>(run: () => T): T {
  const from: unknown = Error.stackTraceLimit;
  if (typeof from !== 'number' || from <= 0 || !Number.isFinite(from)) return run();
  const to = from + room;
  if (!Reflect.set(Error, 'stackTraceLimit', to)) return run();
  raised.push({ from, to });
  try {
    return run();
  } finally {
    raised.pop();
    if (Error.stackTraceLimit === to) Error.stackTraceLimit = from;
  }
}

/** Functions that already get call sites as Node gives them; a program may put back what it has read. */
const adapted = new WeakSet<object>();

/**
 * Has Node's own function, and those that a program sets in its place, called with call sites that say what Node's
 * would. Runs after the part of Node's bootstrap that sets that function.
 * @param overrides Node's `overrideStackTrace`, once the library is there.
 */
export function installStackTraces(
  places: OriginalPlaces,
  overrides: () => StackOverrides | undefined = () => undefined,
): void {
  const adapt = (own: PrepareStackTrace): PrepareStackTrace => {
    if (adapted.has(own)) return own;
    const { prepare } = {
      prepare(error: unknown, trace: readonly unknown[]): unknown {
        const known = nodeFrames(trace as readonly CallSite[]);
        const frames = known.length < trace.length ? known.slice(0, wantedFrames()) : known;
        const object = typeof error === 'object' && error !== null ? error : undefined;
        const sites = frames.map((site, at) => new NodeCallSite(site, frames.slice(at + 1), places));
        const builtin = object && thrownByBuiltin.get(object);
        if (builtin !== undefined) {
          sites.unshift(new NodeCallSite(builtinSite(builtin), [], places));
          sites.splice(wantedFrames());
        }
        const override = object && overrides()?.get(object);
        if (override === undefined) return Reflect.apply(own, Error, [error, sites]) as unknown;
        if (object !== undefined) overrides()?.delete(object);
        return override(error, sites);
      },
    };
    Object.defineProperty(prepare, 'name', { value: own.name, configurable: true });
    adapted.add(prepare);
    return prepare;
  };
  const first: unknown = Reflect.get(Error, 'prepareStackTrace');
  const standard = adapt(typeof first === 'function' ? (first as PrepareStackTrace) : plainStack);
  let current: unknown = standard;
  Object.defineProperty(Error, 'prepareStackTrace', {
    get: () => current,
    set(own: unknown) {
      current =
        typeof own === 'function' ? adapt(own as PrepareStackTrace) : own === undefined ? standard : own;
    },
    enumerable: false,
    configurable: true,
  });
}

function plainStack(error: unknown, trace: readonly unknown[]): string {
  return [String(error), ...trace.map((site) => `    at ${String(site)}`)].join('\n');
}
