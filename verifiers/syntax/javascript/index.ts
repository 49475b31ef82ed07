import { parse, type ParserOptions, type ParserPlugin } from '@babel/parser';
import type * as t from '@babel/types';
import type { Source } from '../../sources.ts';
import type { Module } from '../types.ts';
import { Context, type Lowerers } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { nestsGenericsDeeply } from './nesting.ts';
import { lowerStatements } from './statements.ts';

const lowerers: Lowerers = { expression: lowerExpression, statements: lowerStatements };

/** Everything that a bundler or a runtime may allow, so that only text which nothing can run is a problem. */
const options: ParserOptions = {
  sourceType: 'unambiguous',
  errorRecovery: true,
  attachComment: false,
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowNewTargetOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
};

/**
 * Parses a JavaScript or TypeScript file and lowers it to the shared tree. Never throws: what cannot be read is a
 * problem of the module, and of a text that no parser can read the body is empty.
 * @param source whose path ends in .js, .mjs, .cjs, .jsx, .ts, .mts, .cts or .tsx
 */
export function parseJavascript(source: Source): Module {
  const { path, text } = source;
  const language = /\.[mc]?tsx?$/.test(path) ? 'typescript' : 'javascript';
  const context = new Context(text, lowerers);
  const file = parseText(text, path, context);
  const body = file === undefined ? [] : context.statements(file.program.body);
  for (const read of context.later) read();
  return {
    path,
    language,
    source,
    body,
    imports: context.imports.sort((a, b) => a.at - b.at),
    exports: context.exports,
    unknownImports: context.unknownImports,
    problems: context.problems,
  };
}

/**
 * Tries the grammar that the file's name asks for. When that fails, tries TypeScript with JSX, which reads annotated
 * JavaScript and JSX in .ts files, as some runtimes do.
 */
function parseText(text: string, path: string, context: Context): t.File | undefined {
  const own = pluginsFor(path);
  const first = attempt(text, own);
  if (first.file !== undefined && first.problems.length === 0) return first.file;
  const second = attempt(text, ['typescript', 'jsx', 'decorators-legacy']);
  const best = second.file !== undefined && second.problems.length === 0 ? second : first;
  context.problems.push(...best.problems);
  return best.file;
}

interface Attempt {
  file: t.File | undefined;
  problems: Module['problems'];
}

function attempt(text: string, plugins: ParserPlugin[]): Attempt {
  if (plugins.includes('typescript') && nestsGenericsDeeply(text)) {
    const message = 'calls with type arguments are nested too deeply to be read';
    return { file: undefined, problems: [{ at: 0, message }] };
  }
  try {
    const file = parse(text, { ...options, plugins });
    return { file, problems: (file.errors ?? []).map(toProblem) };
  } catch (error) {
    return { file: undefined, problems: [toProblem(error)] };
  }
}

function pluginsFor(path: string): ParserPlugin[] {
  if (path.endsWith('.tsx')) return ['typescript', 'jsx', 'decorators-legacy'];
  if (/\.[mc]?ts$/.test(path)) return ['typescript', 'decorators-legacy'];
  return ['jsx', 'decorators-legacy'];
}

/** Text that is nested too deeply overflows the parser's stack, which is a RangeError. */
function toProblem(error: unknown): { at: number; message: string } {
  if (error instanceof RangeError) return { at: 0, message: 'code is nested too deeply to be read' };
  const at = error instanceof Error && 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
  const message = error instanceof Error ? error.message : String(error);
  return { at, message: message.replace(/ \(\d+:\d+\)$/, '') };
}
