import type { Argument, Call, Expression } from '../types.ts';
import { isKeyword, type Cursor } from './cursor.ts';
import { beginsComprehension, parseComprehension } from './displays.ts';
import { parseExpression, parseNamed } from './expressions.ts';
import { name } from './tokens.ts';

/** The arguments of a call or of a class, brackets included. */
export function parseArguments(cursor: Cursor): Argument[] {
  cursor.enter();
  cursor.expectOperator('(');
  cursor.height = 0;
  const args: Argument[] = [];
  let height = 0;
  while (!cursor.isOperator(')')) {
    args.push(parseArgument(cursor));
    height = Math.max(height, cursor.height);
    if (!cursor.takeOperator(',')) break;
  }
  cursor.expectOperator(')');
  cursor.leave();
  cursor.height = height;
  return args;
}

function parseArgument(cursor: Cursor): Argument {
  if (cursor.takeOperator('*') || cursor.takeOperator('**')) {
    return { spread: true, value: parseExpression(cursor) };
  }
  const named = cursor.kind === name && cursor.textAt(cursor.index + 1) === '=' && !isKeyword(cursor.text);
  if (named) {
    const { text } = cursor;
    cursor.advance();
    cursor.advance();
    return { name: text, spread: false, value: parseExpression(cursor) };
  }
  const { at } = cursor;
  const value = parseNamed(cursor);
  if (!beginsComprehension(cursor)) return { spread: false, value };
  return { spread: false, value: parseComprehension(cursor, [value], at) };
}

/** Functions that load the module which their first argument names. */
const loaders = new Set(['import_module', '__import__', 'run_module']);
/** Functions that load a file: which module that is, is not followed. */
const fileLoaders = new Set(['spec_from_file_location', 'run_path']);

/** Adds the import that a call of `importlib.import_module` or the like makes. */
export function noteDynamicImport(cursor: Cursor, call: Call): void {
  const { callee } = call;
  const called = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
  const { gathered } = cursor;
  if (fileLoaders.has(called)) gathered.unknownImports.push({ at: call.at });
  if (!loaders.has(called) || call.args.length === 0) return;
  const specifier = loadedModule(call.args);
  if (specifier === undefined) {
    const start = beginningOf(nameIn(call.args));
    gathered.unknownImports.push(start === '' ? { at: call.at } : { at: call.at, start });
  } else {
    gathered.imports.push({
      specifier,
      form: 'dynamic',
      names: [],
      typeOnly: gathered.typeOnly > 0,
      deferred: gathered.functions > 0,
      at: call.at,
    });
  }
}

/** A relative name counts from the module's own package, or from the one that a second argument names. */
function loadedModule(args: readonly Argument[]): string | undefined {
  const given = nameIn(args);
  const text = given === undefined ? undefined : textOf(given);
  if (text === undefined || text === '') return undefined;
  if (!text.startsWith('.')) return text;
  const anchor = args.find((argument) => argument.name === 'package') ?? args[1];
  if (anchor === undefined) return undefined;
  const base = textOf(anchor.value);
  if (base !== undefined) return text.startsWith('..') ? undefined : base + text;
  const own = anchor.value.kind === 'name' && /^__(?:package|name)__$/.test(anchor.value.name);
  return own ? text : undefined;
}

function nameIn(args: readonly Argument[]): Expression | undefined {
  const given = args.find((argument) => argument.name === 'name' || argument.name === undefined);
  return given?.spread === false ? given.value : undefined;
}

/** What an absolute name begins with, where that is written: `app.plugins.` of `f'app.plugins.{name}'`. */
function beginningOf(given: Expression | undefined): string {
  const [first] =
    given?.kind === 'template' ? given.parts : given?.kind === 'operation' ? given.operands : [];
  const text = first?.kind === 'text' ? first.value : '';
  return text.startsWith('.') ? '' : text.replace(/[%{].*$/s, '');
}

function textOf(expression: Expression): string | undefined {
  return expression.kind === 'text' ? expression.value : undefined;
}
