import type { Assign, Expression, Import, Statement } from '../types.ts';
import { parseClass, parseDecorated, parseFunction } from './definitions.ts';
import { Fault, isKeyword, type Cursor } from './cursor.ts';
import {
  parseBranch,
  parseFor,
  parseMatch,
  beginsMatch,
  parseTry,
  parseWhile,
  parseWith,
} from './compounds.ts';
import { parseExpression, parseExpressions, parseInterpolation } from './expressions.ts';
import { parseFromImport, parseImport } from './imports.ts';
import { dedent, end, indent, name, newline, operator } from './tokens.ts';

const augmented = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=']);

/**
 * Reads statements up to the end of their block, which is left, or of the file. After a statement that does not
 * follow the grammar it goes on with the next line; a block below it is read as if it stood there.
 */
export function parseStatements(cursor: Cursor): Statement[] {
  const { gathered, depth } = cursor;
  const { functions, typeOnly } = gathered;
  const statements: Statement[] = [];
  let strayBlocks = 0;
  for (;;) {
    const { kind } = cursor;
    if (kind === end) return statements;
    if (kind === dedent) {
      if (strayBlocks === 0) return statements;
      strayBlocks--;
      cursor.advance();
    } else if (kind === indent) {
      if (strayBlocks === 0) gathered.report({ at: cursor.at, message: 'a line is indented without reason' });
      strayBlocks++;
      cursor.advance();
    } else {
      try {
        for (const statement of parseStatement(cursor)) statements.push(statement);
      } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
        Object.assign(gathered, { functions, typeOnly });
        cursor.depth = depth;
        gathered.report({ at: fault.at, message: fault.message });
        skipLine(cursor);
        if (cursor.takeKind(indent)) strayBlocks++;
      }
    }
  }
}

function skipLine(cursor: Cursor): void {
  while (cursor.kind !== newline && cursor.kind !== end && cursor.kind !== dedent) cursor.advance();
  cursor.takeKind(newline);
}

/** The block of a compound statement, from its colon on. */
export function parseBlock(cursor: Cursor): Statement[] {
  cursor.expectOperator(':');
  if (!cursor.takeKind(newline)) return parseLine(cursor);
  if (!cursor.takeKind(indent)) cursor.fail('expected an indented block');
  const statements = parseStatements(cursor);
  cursor.takeKind(dedent);
  return statements;
}

function parseStatement(cursor: Cursor): Statement[] {
  if (cursor.isOperator('@')) return parseDecorated(cursor);
  if (cursor.kind !== name) return parseLine(cursor);
  switch (cursor.text) {
    case 'def':
      return parseFunction(cursor, []);
    case 'class':
      return parseClass(cursor, []);
    case 'async':
      return parseAsync(cursor);
    case 'if':
      return parseBranch(cursor);
    case 'for':
      return parseFor(cursor);
    case 'while':
      return parseWhile(cursor);
    case 'try':
      return parseTry(cursor);
    case 'with':
      return parseWith(cursor);
    case 'match':
      return beginsMatch(cursor) ? parseMatch(cursor) : parseLine(cursor);
    default:
      return parseLine(cursor);
  }
}

function parseAsync(cursor: Cursor): Statement[] {
  switch (cursor.textAt(cursor.index + 1)) {
    case 'def':
      return parseFunction(cursor, []);
    case 'for':
      cursor.advance();
      return parseFor(cursor);
    case 'with':
      cursor.advance();
      return parseWith(cursor);
    default:
      return cursor.fail('expected def, for or with after async');
  }
}

/** Simple statements on one line. */
function parseLine(cursor: Cursor): Statement[] {
  const statements = parseSimple(cursor);
  while (cursor.takeOperator(';')) {
    if (cursor.kind === newline) break;
    statements.push(...parseSimple(cursor));
  }
  if (!cursor.takeKind(newline)) cursor.fail('a statement does not end where it should');
  return statements;
}

function parseSimple(cursor: Cursor): Statement[] {
  const { at } = cursor;
  if (cursor.kind === name) {
    switch (cursor.text) {
      case 'import':
        return parseImport(cursor);
      case 'from':
        return parseFromImport(cursor);
      case 'return':
        cursor.advance();
        return [{ kind: 'return', value: endsStatement(cursor) ? undefined : parseExpressions(cursor), at }];
      case 'pass':
      case 'break':
      case 'continue':
        cursor.advance();
        return [];
      case 'global':
      case 'nonlocal':
        return [parseScope(cursor)];
      case 'del':
        cursor.advance();
        return [evaluateAll([parseExpressions(cursor)], at)];
      case 'assert':
      case 'raise':
        return [parseSeries(cursor)];
      case 'type':
        if (cursor.kindAt(cursor.index + 1) === name && !isKeyword(cursor.textAt(cursor.index + 1))) {
          return [parseTypeAlias(cursor)];
        }
    }
  }
  return parseExpressionStatement(cursor);
}

function endsStatement(cursor: Cursor): boolean {
  return cursor.kind === newline || cursor.isOperator(';');
}

/** `global a, b`. */
function parseScope(cursor: Cursor): Statement {
  const { at, text } = cursor;
  cursor.advance();
  const children: Expression[] = [];
  do children.push({ kind: 'name', at: cursor.at, name: cursor.expectName() });
  while (cursor.takeOperator(','));
  return { kind: 'evaluate', value: { kind: 'other', what: text, children, at }, at };
}

/** `assert test, message`, `raise error from cause`. */
function parseSeries(cursor: Cursor): Statement {
  const { at } = cursor;
  const raise = cursor.isWord('raise');
  cursor.advance();
  const children: Expression[] = [];
  if (!raise || !endsStatement(cursor)) children.push(parseExpression(cursor));
  if (raise ? children.length > 0 && cursor.takeWord('from') : cursor.takeOperator(',')) {
    children.push(parseExpression(cursor));
  }
  return evaluateAll(children, at);
}

function evaluateAll(children: Expression[], at: number): Statement {
  return { kind: 'evaluate', value: { kind: 'other', what: '', children, at }, at };
}

/** `type Name[T] = value`. */
function parseTypeAlias(cursor: Cursor): Statement {
  const { at } = cursor;
  cursor.advance();
  const target: Expression = { kind: 'name', at: cursor.at, name: cursor.expectName() };
  skipTypeParameters(cursor);
  cursor.expectOperator('=');
  const value = parseExpression(cursor);
  return { kind: 'assign', targets: [target], value, annotation: '', operator: '=', at };
}

/** `[T: bound = default, *Ts, **P]` after a name. */
export function skipTypeParameters(cursor: Cursor): void {
  if (!cursor.takeOperator('[')) return;
  while (!cursor.isOperator(']')) {
    if (!cursor.takeOperator('*')) cursor.takeOperator('**');
    cursor.expectName();
    if (cursor.takeOperator(':')) parseExpression(cursor);
    if (cursor.takeOperator('=')) parseExpressions(cursor);
    if (!cursor.takeOperator(',')) break;
  }
  cursor.expectOperator(']');
}

/** An assignment, or an expression by itself; a string by itself is a comment. */
function parseExpressionStatement(cursor: Cursor): Statement[] {
  const { at } = cursor;
  const first = parseInterpolation(cursor);
  if (cursor.kind === operator) {
    const { text } = cursor;
    if (text === '=') return [parseAssignment(cursor, first)];
    if (text === ':') return [parseAnnotated(cursor, first)];
    if (augmented.has(text)) {
      if (first.kind === 'list') cursor.fail(`${text} cannot assign to several`);
      checkTarget(cursor, first);
      cursor.advance();
      const value = parseInterpolation(cursor);
      return [{ kind: 'assign', targets: [first], value, annotation: '', operator: text, at }];
    }
  }
  return first.kind === 'text' ? [] : [{ kind: 'evaluate', value: first, at }];
}

function parseAssignment(cursor: Cursor, first: Expression): Assign {
  const targets: Expression[] = [];
  let value = first;
  while (cursor.isOperator('=')) {
    checkTarget(cursor, value);
    targets.push(value);
    cursor.advance();
    value = parseInterpolation(cursor);
  }
  nameDynamicImport(cursor.gathered.imports, targets, value);
  return { kind: 'assign', targets, value, annotation: '', operator: '=', at: first.at };
}

function parseAnnotated(cursor: Cursor, target: Expression): Assign {
  if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'index') {
    cursor.fail('only a name, a member or an index can be annotated');
  }
  cursor.advance();
  const from = cursor.at;
  const annotationValue = parseExpression(cursor);
  const annotation = cursor.written(from, cursor.passed);
  const value = cursor.takeOperator('=') ? parseInterpolation(cursor) : undefined;
  return {
    kind: 'assign',
    targets: [target],
    value,
    annotation,
    annotationValue,
    operator: '=',
    at: target.at,
  };
}

/** `db = importlib.import_module('app.db')` binds the module. */
function nameDynamicImport(
  imports: readonly Import[],
  targets: readonly Expression[],
  value: Expression,
): void {
  const [target] = targets;
  const last = imports.at(-1);
  if (target?.kind === 'name' && last?.form === 'dynamic' && value.kind === 'call' && last.at === value.at) {
    last.whole = target.name;
  }
}

/** @throws Fault when nothing can be assigned to an expression */
export function checkTarget(cursor: Cursor, target: Expression): void {
  const pending = [target];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (each.kind === 'list') for (const item of each.items) pending.push(item);
    else if (each.kind === 'other' && each.what === 'spread') pending.push(...each.children);
    else if (each.kind !== 'name' && each.kind !== 'member' && each.kind !== 'index') {
      throw new Fault('nothing can be assigned to this', each.at);
    }
  }
}
