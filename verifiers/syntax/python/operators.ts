import type { Expression, Operation } from '../types.ts';
import type { Cursor } from './cursor.ts';
import { parsePrimary } from './expressions.ts';
import { name, operator, string } from './tokens.ts';

/** Binding strength of binary operators; comparisons have `comparison`. */
const strengths = new Map([
  ['or', 1],
  ['and', 2],
  ['|', 5],
  ['^', 6],
  ['&', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['@', 10],
  ['/', 10],
  ['//', 10],
  ['%', 10],
]);
const comparison = 4;
const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'is', 'not']);

/** What binds more strongly than a comparison: the target of a loop, an operand. */
export const bitwise = 5;
/** What has no condition, lambda or walrus at its top. */
export const disjunction = 1;

/** Binary operators that bind at least as strongly as `weakest`. Equal ones in a row are one operation. */
export function parseBinary(cursor: Cursor, weakest: number): Expression {
  const { at } = cursor;
  if (weakest <= comparison && cursor.isWord('not')) {
    cursor.enter();
    cursor.advance();
    const operand = parseBinary(cursor, 3);
    cursor.leave();
    cursor.grow();
    const negated: Operation = { kind: 'operation', operator: 'not', operands: [operand], at };
    return weakest < 3 ? parseOperators(cursor, negated, weakest, at) : negated;
  }
  return parseOperators(cursor, parseFactor(cursor), weakest, at);
}

function parseOperators(cursor: Cursor, first: Expression, weakest: number, at: number): Expression {
  let left = first;
  let joined: Operation | undefined;
  for (;;) {
    const { kind, text } = cursor;
    if (kind !== operator && kind !== name) return left;
    if (comparisons.has(text)) {
      if (weakest > comparison || !beginsComparison(cursor)) return left;
      left = parseComparisons(cursor, left, at);
      joined = undefined;
      continue;
    }
    const strength = strengths.get(text);
    if (strength === undefined || strength < weakest) return left;
    const { height } = cursor;
    cursor.advance();
    const right = parseBinary(cursor, strength + 1);
    if (joined?.operator === text) {
      joined.operands.push(right);
      cursor.height = Math.max(height, cursor.height + 1);
    } else {
      joined = { kind: 'operation', operator: text, operands: [left, right], at };
      left = joined;
      cursor.grow(height);
    }
  }
}

function beginsComparison(cursor: Cursor): boolean {
  return cursor.text !== 'not' || cursor.textAt(cursor.index + 1) === 'in';
}

function parseComparisons(cursor: Cursor, left: Expression, at: number): Expression {
  const operands = [left];
  const operators: string[] = [];
  let { height } = cursor;
  while (comparisons.has(cursor.text) && cursor.kind !== string && beginsComparison(cursor)) {
    let each = cursor.text;
    cursor.advance();
    if (each === 'not') {
      cursor.advance();
      each = 'not in';
    } else if (each === 'is' && cursor.takeWord('not')) each = 'is not';
    operators.push(each);
    operands.push(parseBinary(cursor, bitwise));
    height = Math.max(height, cursor.height);
  }
  cursor.grow(height);
  const [only, ...others] = operators;
  if (only !== undefined && others.length === 0) return { kind: 'operation', operator: only, operands, at };
  return { kind: 'other', what: '', children: operands, at };
}

/** A sign, a power, or what is simpler. */
function parseFactor(cursor: Cursor): Expression {
  const { at, kind, text } = cursor;
  if (kind === operator && (text === '-' || text === '+' || text === '~')) {
    cursor.enter();
    cursor.advance();
    const operand = parseFactor(cursor);
    cursor.leave();
    cursor.grow();
    if (text === '-' && operand.kind === 'constant' && typeof operand.value === 'number') {
      return { kind: 'constant', value: -operand.value, at };
    }
    return { kind: 'operation', operator: text, operands: [operand], at };
  }
  const base = parseAwait(cursor);
  if (!cursor.isOperator('**')) return base;
  const { height } = cursor;
  cursor.advance();
  cursor.enter();
  const exponent = parseFactor(cursor);
  cursor.leave();
  cursor.grow(height);
  return { kind: 'operation', operator: '**', operands: [base, exponent], at };
}

function parseAwait(cursor: Cursor): Expression {
  const { at } = cursor;
  if (!cursor.takeWord('await')) return parsePrimary(cursor);
  const value = parsePrimary(cursor);
  cursor.grow();
  return { kind: 'other', what: 'await', children: [value], at };
}
