import type { Expression } from '../types.ts';
import { isKeyword, type Cursor } from './cursor.ts';
import { parseNumber, parseStrings } from './literals.ts';
import { name, number, operator, string } from './tokens.ts';

/** What a `case` names: values and classes that it compares with, and names that it binds. */
export interface Pattern {
  values: Expression[];
  binds: Expression[];
}

/** Reads the pattern of a `case`, up to its `if` or colon. */
export function parseCase(cursor: Cursor): Pattern {
  const pattern: Pattern = { values: [], binds: [] };
  do {
    if (cursor.isOperator(':') || cursor.isWord('if')) break;
    parseStarPattern(cursor, pattern);
  } while (cursor.takeOperator(','));
  return pattern;
}

function parseStarPattern(cursor: Cursor, pattern: Pattern): void {
  if (cursor.takeOperator('*')) bind(cursor, pattern);
  else parseAsPattern(cursor, pattern);
}

function parseAsPattern(cursor: Cursor, pattern: Pattern): void {
  cursor.enter();
  do parseClosedPattern(cursor, pattern);
  while (cursor.takeOperator('|'));
  if (cursor.takeWord('as')) bind(cursor, pattern);
  cursor.leave();
}

function bind(cursor: Cursor, pattern: Pattern): void {
  const { at } = cursor;
  const bound = cursor.expectName();
  if (bound !== '_') pattern.binds.push({ kind: 'name', name: bound, at });
}

function parseClosedPattern(cursor: Cursor, pattern: Pattern): void {
  const { kind, text } = cursor;
  if (kind === string) pattern.values.push(parseStrings(cursor));
  else if (kind === number || text === '-') parseNumberPattern(cursor, pattern);
  else if (kind === name) parseNamePattern(cursor, pattern);
  else if (text === '(' || text === '[') parseSequence(cursor, pattern, text === '(' ? ')' : ']');
  else if (text === '{') parseMapping(cursor, pattern);
  else cursor.fail('expected a pattern');
}

/** A number with a sign, or a complex one. */
function parseNumberPattern(cursor: Cursor, pattern: Pattern): void {
  cursor.takeOperator('-');
  if (cursor.kind !== number) cursor.fail('expected a number');
  pattern.values.push(parseNumber(cursor));
  if (!cursor.takeOperator('+') && !cursor.takeOperator('-')) return;
  if (cursor.kind !== number) cursor.fail('expected a number');
  parseNumber(cursor);
}

function parseNamePattern(cursor: Cursor, pattern: Pattern): void {
  const { at, text } = cursor;
  if (text === 'None' || text === 'True' || text === 'False') {
    cursor.advance();
    pattern.values.push({ kind: 'constant', value: text === 'None' ? null : text === 'True', at });
    return;
  }
  const value = parseDotted(cursor);
  if (cursor.isOperator('(')) {
    pattern.values.push(value);
    parseClassArguments(cursor, pattern);
  } else if (value.kind === 'member') pattern.values.push(value);
  else if (text !== '_') pattern.binds.push(value);
}

function parseDotted(cursor: Cursor): Expression {
  const { at } = cursor;
  let value: Expression = { kind: 'name', name: cursor.expectName(), at };
  cursor.height = 0;
  while (cursor.takeOperator('.')) {
    value = { kind: 'member', object: value, name: cursor.expectName(), at };
    cursor.grow();
  }
  return value;
}

function parseClassArguments(cursor: Cursor, pattern: Pattern): void {
  cursor.expectOperator('(');
  while (!cursor.isOperator(')')) {
    if (cursor.kind === name && !isKeyword(cursor.text) && cursor.textAt(cursor.index + 1) === '=') {
      cursor.advance();
      cursor.advance();
    }
    parseAsPattern(cursor, pattern);
    if (!cursor.takeOperator(',')) break;
  }
  cursor.expectOperator(')');
}

function parseSequence(cursor: Cursor, pattern: Pattern, closer: string): void {
  cursor.advance();
  while (!cursor.isOperator(closer)) {
    parseStarPattern(cursor, pattern);
    if (!cursor.takeOperator(',')) break;
  }
  cursor.expectOperator(closer);
}

function parseMapping(cursor: Cursor, pattern: Pattern): void {
  cursor.advance();
  while (!cursor.isOperator('}')) {
    if (cursor.takeOperator('**')) bind(cursor, pattern);
    else {
      if (cursor.kind === operator && cursor.text !== '-') cursor.fail('expected a key');
      parseClosedPattern(cursor, pattern);
      cursor.expectOperator(':');
      parseAsPattern(cursor, pattern);
    }
    if (!cursor.takeOperator(',')) break;
  }
  cursor.expectOperator('}');
}
