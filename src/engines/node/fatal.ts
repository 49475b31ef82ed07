import type { RealmContext } from './context.ts';
import { utf8Encoder } from './host.ts';
import type { ThrowSite } from './throw-site.ts';

/** Hooks by which Node's library improves a stack before it is printed. */
export interface StackEnhancers {
  before?: (error: object) => string | undefined;
  after?: (error: object) => string | undefined;
  /** Points at a place (column from 0) in the source that a source map tells of; set while source maps are in use. */
  mapped?: ((file: string, line: number, column: number) => string | undefined) | undefined;
}

const traceHint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';

interface Frame {
  file: string;
  line: number;
  /** From 0. */
  column: number;
}

const framePattern = /(?:\(|at (?:async )?)((?:file:\/\/|node:|\/)[^()\s]*|\[eval\]\S*):(\d+):(\d+)\)?$/;

/** The first frame that names a file, of the program or of Node's library; `thrown` leaves the constructors of errors out. */
function topFrame(realm: RealmContext, stack: string, thrown: boolean): Frame | undefined {
  for (const text of stack.split('\n')) {
    const match = framePattern.exec(text);
    if (match === null) continue;
    const frame = { file: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) - 1 };
    if (!thrown || !text.startsWith('    at new ') || !callsSuper(realm, frame)) return frame;
  }
  return undefined;
}

/** Text of a source file by the name under which stacks show it. */
function callsSuper(realm: RealmContext, { file, line, column }: Frame): boolean {
  return sourceOf(realm, file)?.split('\n')[line - 1]?.startsWith('super(', column) === true;
}

function sourceOf(realm: RealmContext, file: string): string | undefined {
  if (file.startsWith('node:')) return realm.builtinSource(file.slice(5));
  if (file === '[eval]') return realm.options.values['--eval'] as string | undefined;
  try {
    return realm.fs.readText(file.startsWith('file://') ? decodeURIComponent(file.slice(7)) : file);
  } catch {
    return undefined;
  }
}

/** The lines by which Node points at a place: file and line, the line itself, carets. */
export function pointAt(file: string, line: number, text: string, column: number, length: number): string {
  const indent = text.slice(0, column).replaceAll(/[^\t]/g, ' ');
  return `${file}:${line}\n${text}\n${length === 0 ? '' : indent + '^'.repeat(length)}\n`;
}

/** What a program's file is called where the browser tells of it; undefined for the engine's own code. */
function frameOf(realm: RealmContext, site: ThrowSite | undefined): Frame | undefined {
  if (site === undefined || site.file.startsWith('blob:')) return undefined;
  const column = realm.compiler.originalColumn(site.file, site.line, site.column) - 1;
  return { file: site.file.replaceAll('%20', ' '), line: site.line, column };
}

/** A place in Node's library, by the text that stands there. */
function libraryFrame(realm: RealmContext, id: string, text: string): Frame | undefined {
  const lines = realm.builtinSource(id)?.split('\n') ?? [];
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) return undefined;
  return { file: `node:${id}`, line: index + 1, column: lines[index]?.search(/\S/) ?? 0 };
}

function arrowAt(realm: RealmContext, frame: Frame | undefined): string | undefined {
  if (frame === undefined) return undefined;
  const text = sourceOf(realm, frame.file)?.split('\n')[frame.line - 1];
  return text === undefined ? undefined : pointAt(frame.file, frame.line, text, frame.column, 1);
}

/** Levels of what was thrown that are shown. */
const thrownDepth = 5;

/** How far behind the making of an error its `throw` is looked for. */
const throwDistance = 30;
const madeBefore = /([\w$]+)\s*=\s*$/;

/**
 * The `throw` of an error that was made at a frame: on the same line, or on a later one that throws the variable it was
 * put in. The browser tells where an error was made, not where it was thrown.
 */
function throwOf(realm: RealmContext, frame: Frame): Frame {
  const lines = sourceOf(realm, frame.file)?.split('\n') ?? [];
  const before = lines[frame.line - 1]?.slice(0, frame.column) ?? '';
  const same = /\bthrow\s+(?:[^;]*)$/.exec(before);
  if (same !== null) return { ...frame, column: same.index };
  const name = madeBefore.exec(before.trimEnd())?.[1];
  if (name === undefined) return frame;
  for (let line = frame.line - 1; line < Math.min(lines.length, frame.line + throwDistance); line++) {
    const from = line === frame.line - 1 ? frame.column : 0;
    const column = lines[line]?.indexOf(`throw ${name};`, from) ?? -1;
    if (column >= 0) return { file: frame.file, line: line + 1, column };
  }
  return frame;
}

/** Puts the place of a syntax error where Node keeps it, and takes the engine's own frames off its stack. */
export function decorateSyntaxError(
  realm: RealmContext,
  error: SyntaxError,
  code: string,
  filename: string,
  sourceType: 'script' | 'module',
  caller: (...args: never[]) => unknown,
): void {
  Error.captureStackTrace(error, caller);
  const position = realm.compiler.errorPosition(code, sourceType);
  const arrow = realm.privateSymbols['arrow_message_private_symbol'];
  if (position === undefined || arrow === undefined) return;
  const text = code.split('\n')[position.line - 1] ?? '';
  Reflect.set(error, arrow, pointAt(filename, position.line, text, position.column, position.length));
}

/** What Node does with an exception that nobody caught: asks the program, else prints it and ends. */
export class FatalErrors {
  readonly enhancers: StackEnhancers = {};
  readonly #realm: RealmContext;
  #nested = false;

  constructor(realm: RealmContext) {
    this.#realm = realm;
  }

  /** @param site - where it was thrown, unless it is the reason of a promise. */
  handle(error: unknown, fromPromise: boolean, site?: ThrowSite): void {
    const realm = this.#realm;
    const handler = realm.process['_fatalException'];
    if (typeof handler !== 'function') {
      this.#print(error, site, fromPromise);
      realm.exit(6);
    }
    let handled: unknown;
    try {
      if (this.#nested) throw error;
      this.#nested = true;
      handled = Reflect.apply(handler as (...args: unknown[]) => unknown, realm.process, [
        error,
        fromPromise,
      ]);
    } catch (inner) {
      if (realm.loop.stopped) return;
      this.#print(inner, undefined, false);
      realm.exit(7);
    } finally {
      this.#nested = false;
    }
    if (handled !== false || realm.loop.stopped) return;
    this.#print(error, site, fromPromise);
    const code = realm.process['exitCode'];
    realm.exit(typeof code === 'number' && code !== 0 ? code : 1);
  }

  #print(error: unknown, site: ThrowSite | undefined, fromPromise: boolean): void {
    const lines = this.#describe(error, site, fromPromise);
    const version = String(this.#realm.process['version']);
    const extra =
      this.#realm.options.values['--extra-info-on-fatal-exception'] === false ? '' : `\nNode.js ${version}\n`;
    this.#realm.port.write('stderr', utf8Encoder.encode(`${lines}\n${extra}`));
  }

  #describe(error: unknown, site: ThrowSite | undefined, fromPromise: boolean): string {
    const realm = this.#realm;
    if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
      return `${this.#lineOf(site, fromPromise)}${typeof error === 'symbol' ? '' : String(error)}\n${traceHint}`;
    }
    const { isNativeError } = realm.binding('types') as { isNativeError(value: unknown): boolean };
    if (!isNativeError(error)) return this.#lineOf(site, fromPromise) + this.#inspect(error);
    const decorated: unknown = Reflect.get(error, realm.privateSymbols['decorated_private_symbol'] ?? '');
    const original = this.#stackOf(error) ?? '';
    const enhanced = this.#enhance(this.enhancers.before, error) ?? original;
    const stack = this.#enhance(this.enhancers.after, error) ?? enhanced;
    if (decorated === true) return stack;
    const given: unknown = Reflect.get(error, realm.privateSymbols['arrow_message_private_symbol'] ?? '');
    const emitted = enhanced !== original && enhanced.includes("Emitted 'error' event");
    const arrow = typeof given === 'string' ? given : this.#arrowOf(original, site, fromPromise, emitted);
    return arrow === undefined ? stack : `${arrow}\n${stack}`;
  }

  /** Points at where an error was thrown. */
  #arrowOf(
    stack: string,
    site: ThrowSite | undefined,
    fromPromise: boolean,
    emitted: boolean,
  ): string | undefined {
    const realm = this.#realm;
    if (emitted) return arrowAt(realm, libraryFrame(realm, 'events', 'throw er; //'));
    const made = topFrame(realm, stack, false);
    const reported = frameOf(realm, site);
    const mapped = reported && !fromPromise ? this.#mapped(throwOf(realm, reported)) : undefined;
    if (mapped !== undefined) return mapped;
    if (made === undefined || fromPromise) {
      const arrow = arrowAt(realm, made ?? reported);
      return arrow === undefined || this.enhancers.mapped === undefined ? arrow : `${arrow}\n`;
    }
    if (reported !== undefined && reported.file !== made.file) return arrowAt(realm, reported);
    return arrowAt(realm, throwOf(realm, topFrame(realm, stack, true) ?? made));
  }

  #mapped({ file, line, column }: Frame): string | undefined {
    try {
      return this.enhancers.mapped?.(file, line, column);
    } catch {
      return undefined;
    }
  }

  /** Points at where something that is no error was thrown; that place the browser tells. */
  #lineOf(site: ThrowSite | undefined, fromPromise: boolean): string {
    const realm = this.#realm;
    const frame = fromPromise
      ? libraryFrame(realm, 'internal/process/promises', '    triggerUncaughtException(err, true')
      : frameOf(realm, site);
    const arrow = arrowAt(realm, frame);
    return arrow === undefined ? '' : `\n${arrow}`;
  }

  #stackOf(error: object): string | undefined {
    try {
      const stack: unknown = Reflect.get(error, 'stack');
      return typeof stack === 'string' ? stack : undefined;
    } catch {
      return undefined;
    }
  }

  #enhance(enhancer: ((error: object) => string | undefined) | undefined, error: object): string | undefined {
    try {
      const result = enhancer?.(error);
      return typeof result === 'string' ? result : undefined;
    } catch {
      return undefined;
    }
  }

  #inspect(value: unknown): string {
    const { inspect } = this.#realm.require('internal/util/inspect') as {
      inspect(value: unknown, options: object): string;
    };
    return inspect(value, { depth: thrownDepth });
  }
}
