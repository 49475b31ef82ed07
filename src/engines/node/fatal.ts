import type { RealmContext } from './context.ts';
import { utf8Encoder } from './host.ts';

/** Hooks by which Node's library improves a stack before it is printed. */
export interface StackEnhancers {
  before?: (error: object) => string | undefined;
  after?: (error: object) => string | undefined;
}

interface Frame {
  file: string;
  line: number;
  /** From 0. */
  column: number;
}

const framePattern = /(?:\(|at (?:async )?)((?:file:\/\/|node:|\/)[^()\s]*|\[eval\]\S*):(\d+):(\d+)\)?$/;

/** The first frame that names a file, of the program or of Node's library. */
function topFrame(stack: string): Frame | undefined {
  for (const line of stack.split('\n')) {
    const match = framePattern.exec(line);
    if (match === null) continue;
    return { file: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) - 1 };
  }
  return undefined;
}

/** Text of a source file by the name under which stacks show it. */
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
  return `${file}:${line}\n${text}\n${indent}${'^'.repeat(Math.max(1, length))}\n`;
}

function arrowFor(realm: RealmContext, stack: string, thrown: boolean): string | undefined {
  const frame = topFrame(stack);
  if (frame === undefined) return undefined;
  const text = sourceOf(realm, frame.file)?.split('\n')[frame.line - 1];
  if (text === undefined) return undefined;
  const thrownAt = thrown ? /\bthrow\b/.exec(text.slice(0, frame.column))?.index : undefined;
  return pointAt(frame.file, frame.line, text, thrownAt ?? frame.column, 1);
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

  handle(error: unknown, fromPromise: boolean): void {
    const realm = this.#realm;
    const handler = realm.process['_fatalException'];
    if (typeof handler !== 'function') {
      this.#print(error, fromPromise);
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
      this.#print(inner, fromPromise);
      realm.exit(7);
    } finally {
      this.#nested = false;
    }
    if (handled !== false || realm.loop.stopped) return;
    this.#print(error, fromPromise);
    const code = realm.process['exitCode'];
    realm.exit(typeof code === 'number' && code !== 0 ? code : 1);
  }

  #print(error: unknown, fromPromise: boolean): void {
    const lines = this.#describe(error, fromPromise);
    const version = String(this.#realm.process['version']);
    const extra =
      this.#realm.options.values['--extra-info-on-fatal-exception'] === false ? '' : `\nNode.js ${version}\n`;
    this.#realm.port.write('stderr', utf8Encoder.encode(`${lines}\n${extra}`));
  }

  #describe(error: unknown, fromPromise: boolean): string {
    const realm = this.#realm;
    if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
      const place = arrowFor(realm, '', true) ?? 'node:internal/process\n';
      const hint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';
      return `${place === 'node:internal/process\n' ? '' : place}Uncaught:\n${this.#inspect(error)}\n${hint}`;
    }
    const arrowSymbol = realm.privateSymbols['arrow_message_private_symbol'] ?? '';
    const decorated: unknown = Reflect.get(error, realm.privateSymbols['decorated_private_symbol'] ?? '');
    const original = this.#stackOf(error);
    const enhanced = this.#enhance(this.enhancers.before, error) ?? original;
    const stack = this.#enhance(this.enhancers.after, error) ?? enhanced;
    if (stack === undefined || stack === '') {
      const name: unknown = Reflect.get(error, 'name');
      const message: unknown = Reflect.get(error, 'message');
      if (name === undefined || message === undefined) return `Uncaught:\n${this.#inspect(error)}`;
      return `${String(name)}: ${String(message)}`;
    }
    if (decorated === true) return stack;
    const given: unknown = Reflect.get(error, arrowSymbol);
    const arrow = typeof given === 'string' ? given : arrowFor(realm, enhanced ?? '', !fromPromise);
    return arrow === undefined ? stack : `${arrow}\n${stack}`;
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
    const { inspect } = this.#realm.require('internal/util/inspect') as { inspect(value: unknown): string };
    return inspect(value);
  }
}
