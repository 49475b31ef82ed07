import type { Dictionary, Expression } from '../types.ts';
import type { Cursor } from './cursor.ts';
import { beginsExpression, parseExpression, parseStarred, parseTargets, parseYield } from './expressions.ts';
import { bitwise, disjunction, parseBinary } from './operators.ts';

/** Parentheses: a group, a tuple, a generator or a `yield`. */
export function parseGroup(cursor: Cursor): Expression {
  const { at } = cursor;
  open(cursor, '(');
  let value: Expression;
  if (cursor.isOperator(')')) value = { kind: 'list', items: [], at };
  else if (cursor.isWord('yield')) value = parseYield(cursor);
  else {
    const first = parseStarred(cursor);
    if (beginsComprehension(cursor)) value = parseComprehension(cursor, [first], at);
    else if (cursor.isOperator(',')) value = { kind: 'list', items: parseItems(cursor, first), at };
    else value = first;
    if (value === first && first.kind === 'other' && first.what === 'spread') {
      cursor.fail('a starred expression cannot stand alone');
    }
  }
  close(cursor, ')');
  return value;
}

/** Square brackets: a list or a list comprehension. */
export function parseList(cursor: Cursor): Expression {
  const { at } = cursor;
  open(cursor, '[');
  if (cursor.isOperator(']')) {
    close(cursor, ']');
    return { kind: 'list', items: [], at };
  }
  const first = parseStarred(cursor);
  const value: Expression = beginsComprehension(cursor)
    ? parseComprehension(cursor, [first], at)
    : { kind: 'list', items: parseItems(cursor, first), at };
  close(cursor, ']');
  return value;
}

/** Braces: a dictionary, a set, or a comprehension of one. */
export function parseDisplay(cursor: Cursor): Expression {
  const { at } = cursor;
  open(cursor, '{');
  const value = parseBraces(cursor, at);
  close(cursor, '}');
  return value;
}

function parseBraces(cursor: Cursor, at: number): Expression {
  const dictionary: Dictionary = { kind: 'dictionary', entries: [], at };
  if (cursor.isOperator('}')) return dictionary;
  if (!cursor.isOperator('**')) {
    const first = parseStarred(cursor);
    if (!cursor.isOperator(':')) {
      if (beginsComprehension(cursor)) return parseComprehension(cursor, [first], at);
      return { kind: 'list', items: parseItems(cursor, first), at };
    }
    const { height } = cursor;
    cursor.advance();
    const value = parseExpression(cursor);
    cursor.grow(height);
    if (beginsComprehension(cursor)) return parseComprehension(cursor, [first, value], at);
    dictionary.entries.push({ key: first, value, at: first.at });
    if (!cursor.takeOperator(',')) return dictionary;
  }
  parseEntries(cursor, dictionary);
  return dictionary;
}

function parseEntries(cursor: Cursor, dictionary: Dictionary): void {
  let { height } = cursor;
  while (!cursor.isOperator('}')) {
    const { at } = cursor;
    if (cursor.takeOperator('**')) {
      dictionary.entries.push({ key: undefined, value: parseBinary(cursor, bitwise), at });
    } else {
      const key = parseExpression(cursor);
      height = Math.max(height, cursor.height);
      cursor.expectOperator(':');
      dictionary.entries.push({ key, value: parseExpression(cursor), at });
    }
    height = Math.max(height, cursor.height);
    if (!cursor.takeOperator(',')) break;
  }
  cursor.grow(height);
}

/** The items after the first one, up to the closing bracket. */
function parseItems(cursor: Cursor, first: Expression): Expression[] {
  const items = [first];
  let { height } = cursor;
  while (cursor.takeOperator(',')) {
    if (!beginsExpression(cursor)) break;
    items.push(parseStarred(cursor));
    height = Math.max(height, cursor.height);
  }
  cursor.grow(height);
  return items;
}

export function beginsComprehension(cursor: Cursor): boolean {
  return cursor.isWord('for') || (cursor.isWord('async') && cursor.textAt(cursor.index + 1) === 'for');
}

/**
 * The clauses of a comprehension.
 * @param elements what it yields; they were read before
 */
export function parseComprehension(cursor: Cursor, elements: Expression[], at: number): Expression {
  const children: Expression[] = [];
  let { height } = cursor;
  const read = () => {
    children.push(parseBinary(cursor, disjunction));
    height = Math.max(height, cursor.height);
  };
  while (beginsComprehension(cursor)) {
    cursor.takeWord('async');
    cursor.advance();
    parseTargets(cursor);
    cursor.expectWord('in');
    read();
    while (cursor.takeWord('if')) read();
  }
  cursor.grow(height);
  return { kind: 'other', what: '', children: [...children, ...elements], at };
}

function open(cursor: Cursor, bracket: string): void {
  cursor.enter();
  cursor.height = 0;
  cursor.expectOperator(bracket);
}

function close(cursor: Cursor, bracket: string): void {
  cursor.expectOperator(bracket);
  cursor.leave();
}
