import type { Argument, Expression, List, Parameter } from '../types.ts';
import { parseArguments, noteDynamicImport } from './calls.ts';
import { parseDisplay, parseGroup, parseList } from './displays.ts';
import { isKeyword, type Cursor } from './cursor.ts';
import { parseNumber, parseStrings } from './literals.ts';
import { bitwise, disjunction, parseBinary } from './operators.ts';
import { name, number, operator, string } from './tokens.ts';

/** `a`, `a, b`, `*a, b`: several are a list. */
export function parseExpressions(cursor: Cursor): Expression {
  const { at } = cursor;
  const first = parseStarred(cursor);
  return cursor.isOperator(',') ? parseMore(cursor, first, at, parseStarred) : first;
}

/** The target of a loop or a comprehension. */
export function parseTargets(cursor: Cursor): Expression {
  const { at } = cursor;
  const read = () => parseStarOr(cursor, () => parseBinary(cursor, bitwise));
  const first = read();
  return cursor.isOperator(',') ? parseMore(cursor, first, at, read) : first;
}

/** What stands in the braces of an f-string. */
export function parseInterpolation(cursor: Cursor): Expression {
  return cursor.isWord('yield') ? parseYield(cursor) : parseExpressions(cursor);
}

function parseMore(
  cursor: Cursor,
  first: Expression,
  at: number,
  read: (cursor: Cursor) => Expression,
): List {
  const items = [first];
  let { height } = cursor;
  while (cursor.takeOperator(',')) {
    if (!beginsExpression(cursor)) break;
    items.push(read(cursor));
    height = Math.max(height, cursor.height);
  }
  cursor.grow(height);
  return { kind: 'list', items, at };
}

/** Whether an expression can begin here; a list may end with a comma. */
export function beginsExpression(cursor: Cursor): boolean {
  const { kind, text } = cursor;
  if (kind === name) return !isKeyword(text) || /^(?:None|True|False|lambda|not|await|yield)$/.test(text);
  if (kind === operator) return /^(?:[([{*+~-]|\.\.\.|\*\*)$/.test(text);
  return kind === number || kind === string;
}

/** `*value`, or an expression that may have a name given to it. */
export function parseStarred(cursor: Cursor): Expression {
  return parseStarOr(cursor, () => parseNamed(cursor));
}

function parseStarOr(cursor: Cursor, read: () => Expression): Expression {
  const { at } = cursor;
  if (!cursor.takeOperator('*')) return read();
  const value = parseBinary(cursor, bitwise);
  cursor.grow();
  return { kind: 'other', what: 'spread', children: [value], at };
}

/** An expression, or `name := value`. */
export function parseNamed(cursor: Cursor): Expression {
  const { at } = cursor;
  const target = parseExpression(cursor);
  if (!cursor.isOperator(':=')) return target;
  if (target.kind !== 'name') cursor.fail(':= gives a value to a name only');
  cursor.advance();
  const value = parseExpression(cursor);
  cursor.grow();
  return { kind: 'other', what: 'assign', children: [target, value], at };
}

/** One expression: a condition, a lambda, or what is simpler. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.enter();
  const value = cursor.isWord('lambda') ? parseLambda(cursor) : parseConditional(cursor);
  cursor.leave();
  return value;
}

function parseConditional(cursor: Cursor): Expression {
  const { at } = cursor;
  const then = parseBinary(cursor, disjunction);
  if (!cursor.isWord('if')) return then;
  const { height } = cursor;
  cursor.advance();
  const test = parseBinary(cursor, disjunction);
  const second = cursor.height;
  cursor.expectWord('else');
  const otherwise = parseExpression(cursor);
  cursor.grow(height, second);
  return { kind: 'conditional', test, then, otherwise, at };
}

function parseLambda(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.advance();
  const parameters = parseParameters(cursor, ':', () => undefined);
  cursor.expectOperator(':');
  const { at: bodyAt, gathered } = cursor;
  gathered.functions++;
  const value = parseExpression(cursor);
  gathered.functions--;
  cursor.grow();
  return {
    kind: 'callable',
    name: '',
    parameters,
    body: [{ kind: 'return', value, at: bodyAt }],
    decorators: [],
    async: false,
    at,
  };
}

/**
 * Parameters up to a closing operator, which is left.
 * @param annotate reads what follows a name's colon, where annotations may stand
 */
export function parseParameters(
  cursor: Cursor,
  closer: string,
  annotate: () => Expression | undefined,
): Parameter[] {
  const parameters: Parameter[] = [];
  while (!cursor.isOperator(closer)) {
    const star = cursor.takeOperator('*') || cursor.takeOperator('**');
    const bare = star ? cursor.isOperator(',') : cursor.takeOperator('/');
    if (!bare) {
      const parameter: Parameter = { name: cursor.expectName(), annotation: '', decorators: [] };
      const from = cursor.until;
      const annotation = annotate();
      if (annotation !== undefined) {
        parameter.annotationValue = annotation;
        parameter.annotation = cursor.written(from, cursor.passed).replace(/^\s*:?\s*/, '');
      }
      if (!star && cursor.takeOperator('=')) parameter.default = parseExpression(cursor);
      parameters.push(parameter);
    }
    if (!cursor.takeOperator(',')) break;
  }
  return parameters;
}

/** `yield`, `yield a, b`, `yield from a`. */
export function parseYield(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.advance();
  cursor.height = 0;
  const children: Expression[] = [];
  if (cursor.takeWord('from')) children.push(parseExpression(cursor));
  else if (beginsExpression(cursor)) children.push(parseExpressions(cursor));
  cursor.grow();
  return { kind: 'other', what: 'yield', children, at };
}

/** An atom with its members, calls and indexes. */
export function parsePrimary(cursor: Cursor): Expression {
  const { at } = cursor;
  let value = parseAtom(cursor);
  while (cursor.kind === operator) {
    const { height, text } = cursor;
    if (text === '.') {
      cursor.advance();
      value = { kind: 'member', object: value, name: cursor.expectName(), at };
      cursor.grow();
    } else if (text === '(') {
      const args: Argument[] = parseArguments(cursor);
      cursor.grow(height);
      value = { kind: 'call', callee: value, args, construct: false, at };
      noteDynamicImport(cursor, value);
    } else if (text === '[') {
      const index = parseIndex(cursor);
      cursor.grow(height);
      value = { kind: 'index', object: value, index, at };
    } else break;
  }
  return value;
}

function parseIndex(cursor: Cursor): Expression {
  cursor.advance();
  const { at } = cursor;
  const items = [parseSlice(cursor)];
  let { height } = cursor;
  const several = cursor.isOperator(',');
  while (cursor.takeOperator(',') && !cursor.isOperator(']')) {
    items.push(parseSlice(cursor));
    height = Math.max(height, cursor.height);
  }
  cursor.expectOperator(']');
  cursor.height = height;
  const [first] = items;
  return several || first === undefined ? { kind: 'list', items, at } : first;
}

function parseSlice(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.height = 0;
  const children: Expression[] = [];
  let height = 0;
  const part = () => {
    if (cursor.isOperator(':') || cursor.isOperator(',') || cursor.isOperator(']')) return;
    children.push(parseStarred(cursor));
    height = Math.max(height, cursor.height);
  };
  part();
  const [only] = children;
  if (!cursor.isOperator(':')) return only ?? cursor.fail('expected an index');
  cursor.advance();
  part();
  if (cursor.takeOperator(':')) part();
  cursor.grow(height);
  return { kind: 'other', what: '', children, at };
}

function parseAtom(cursor: Cursor): Expression {
  const { at, kind, text } = cursor;
  cursor.height = 0;
  if (kind === name) {
    if (!isKeyword(text)) {
      cursor.advance();
      return { kind: 'name', name: text, at };
    }
    if (text === 'None' || text === 'True' || text === 'False') {
      cursor.advance();
      return { kind: 'constant', value: text === 'None' ? null : text === 'True', at };
    }
    return cursor.fail(`${text} cannot begin an expression`);
  }
  if (kind === string) return parseStrings(cursor);
  if (kind === number) return parseNumber(cursor);
  if (text === '(') return parseGroup(cursor);
  if (text === '[') return parseList(cursor);
  if (text === '{') return parseDisplay(cursor);
  if (text === '...') {
    cursor.advance();
    return { kind: 'other', what: '', children: [], at };
  }
  return cursor.fail('expected an expression');
}
