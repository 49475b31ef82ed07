import type { Argument, Callable, Class, Declare, Expression } from '../types.ts';
import { parseArguments } from './calls.ts';
import type { Cursor } from './cursor.ts';
import { parseExpression, parseNamed, parseParameters, parseStarred } from './expressions.ts';
import { parseBlock, skipTypeParameters } from './statements.ts';
import { newline } from './tokens.ts';

/** Decorators with the function or class below them. */
export function parseDecorated(cursor: Cursor): [Declare] {
  const decorators: Expression[] = [];
  while (cursor.takeOperator('@')) {
    decorators.push(parseNamed(cursor));
    if (!cursor.takeKind(newline)) cursor.fail('a decorator must end its line');
  }
  if (cursor.isWord('class')) return parseClass(cursor, decorators);
  if (cursor.isWord('def') || cursor.isWord('async')) return parseFunction(cursor, decorators);
  return cursor.fail('expected def or class below a decorator');
}

export function parseFunction(cursor: Cursor, decorators: Expression[]): [Declare] {
  const { at, gathered } = cursor;
  const async = cursor.takeWord('async');
  cursor.expectWord('def');
  const name = cursor.expectName();
  skipTypeParameters(cursor);
  cursor.expectOperator('(');
  const parameters = parseParameters(cursor, ')', () =>
    cursor.takeOperator(':') ? parseStarred(cursor) : undefined,
  );
  cursor.expectOperator(')');
  if (cursor.takeOperator('->')) parseExpression(cursor);
  gathered.functions++;
  const body = parseBlock(cursor);
  gathered.functions--;
  const value: Callable = { kind: 'callable', name, parameters, body, decorators, async, at };
  return [{ kind: 'declare', value, at }];
}

export function parseClass(cursor: Cursor, decorators: Expression[]): [Declare] {
  const { at } = cursor;
  cursor.expectWord('class');
  const name = cursor.expectName();
  skipTypeParameters(cursor);
  const args: Argument[] = cursor.isOperator('(') ? parseArguments(cursor) : [];
  const bases = args.filter((argument) => argument.name === undefined).map(toBase);
  const keywords = args.filter((argument) => argument.name !== undefined);
  const body = parseBlock(cursor);
  const value: Class = { kind: 'class', name, bases, keywords, body, decorators, at };
  return [{ kind: 'declare', value, at }];
}

function toBase({ spread, value }: Argument): Expression {
  return spread ? { kind: 'other', what: 'spread', children: [value], at: value.at } : value;
}
