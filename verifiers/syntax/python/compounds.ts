import type { Block, Branch, Expression, Statement } from '../types.ts';
import type { Cursor } from './cursor.ts';
import {
  beginsExpression,
  parseExpression,
  parseExpressions,
  parseNamed,
  parsePrimary,
  parseTargets,
} from './expressions.ts';
import { Fault } from './cursor.ts';
import { parseCase } from './patterns.ts';
import { checkTarget, parseBlock } from './statements.ts';
import { dedent, end, indent, name, newline, operator } from './tokens.ts';

/** Branches in a row that are read; each is one level of the tree. */
const mostBranches = 500;

interface Arm {
  test: Expression;
  then: Statement[];
  at: number;
}

/** `if` with its `elif`s and `else`. */
export function parseBranch(cursor: Cursor): [Branch] {
  const { gathered } = cursor;
  const arms: Arm[] = [];
  let typeOnlyElse: boolean;
  for (;;) {
    const { at } = cursor;
    cursor.advance();
    const test = parseNamed(cursor);
    const typeOnly = isTypeChecking(test);
    typeOnlyElse = test.kind === 'operation' && test.operator === 'not' && test.operands.some(isTypeChecking);
    if (typeOnly) gathered.typeOnly++;
    arms.push({ test, then: parseBlock(cursor), at });
    if (typeOnly) gathered.typeOnly--;
    if (!cursor.isWord('elif')) break;
    if (arms.length === mostBranches) cursor.fail('an if has too many branches');
  }
  if (typeOnlyElse) gathered.typeOnly++;
  let otherwise = cursor.takeWord('else') ? parseBlock(cursor) : [];
  if (typeOnlyElse) gathered.typeOnly--;
  const last = arms.pop();
  if (last === undefined) return cursor.fail('expected if');
  let branch: Branch = { kind: 'branch', ...last, otherwise };
  for (let arm = arms.pop(); arm !== undefined; arm = arms.pop()) {
    otherwise = [branch];
    branch = { kind: 'branch', ...arm, otherwise };
  }
  return [branch];
}

/** `TYPE_CHECKING`, `typing.TYPE_CHECKING`. */
function isTypeChecking(test: Expression): boolean {
  return (test.kind === 'name' || test.kind === 'member') && test.name === 'TYPE_CHECKING';
}

export function parseFor(cursor: Cursor): [Block] {
  const { at } = cursor;
  cursor.expectWord('for');
  const target = parseTargets(cursor);
  checkTarget(cursor, target);
  cursor.expectWord('in');
  const head = [parseExpressions(cursor)];
  const body = parseBlock(cursor);
  const otherwise = cursor.takeWord('else') ? parseBlock(cursor) : [];
  return [
    {
      kind: 'block',
      what: 'for',
      head,
      binds: [{ target, value: undefined }],
      body: body.concat(otherwise),
      at,
    },
  ];
}

export function parseWhile(cursor: Cursor): [Block] {
  const { at } = cursor;
  cursor.expectWord('while');
  const head = [parseNamed(cursor)];
  const body = parseBlock(cursor);
  const otherwise = cursor.takeWord('else') ? parseBlock(cursor) : [];
  return [{ kind: 'block', what: 'while', head, binds: [], body: body.concat(otherwise), at }];
}

export function parseTry(cursor: Cursor): [Block] {
  const { at } = cursor;
  cursor.expectWord('try');
  const block: Block = { kind: 'block', what: 'try', head: [], binds: [], body: parseBlock(cursor), at };
  let handled = false;
  while (cursor.takeWord('except')) {
    handled = true;
    parseHandler(cursor, block);
  }
  if (handled && cursor.takeWord('else')) block.body = block.body.concat(parseBlock(cursor));
  if (cursor.takeWord('finally')) block.body = block.body.concat(parseBlock(cursor));
  else if (!handled) cursor.fail('expected except or finally');
  return [block];
}

function parseHandler(cursor: Cursor, block: Block): void {
  cursor.takeOperator('*');
  if (!cursor.isOperator(':')) {
    block.head.push(parseExpression(cursor));
    if (cursor.takeWord('as')) {
      const target: Expression = { kind: 'name', at: cursor.at, name: cursor.expectName() };
      block.binds.push({ target, value: undefined });
    }
  }
  block.body = block.body.concat(parseBlock(cursor));
}

type Bound = Block['binds'][number];

/** `with a as b, c:`; the items may stand in brackets. */
export function parseWith(cursor: Cursor): [Block] {
  const { at } = cursor;
  cursor.expectWord('with');
  const items = (hasBracketedItems(cursor) ? tryBracketedItems(cursor) : undefined) ?? parseItems(cursor);
  const binds = items.flatMap(({ target, value }) => (target === undefined ? [] : [{ target, value }]));
  const head = items.map((item) => item.value);
  return [{ kind: 'block', what: 'with', head, binds, body: parseBlock(cursor), at }];
}

interface Item {
  value: Expression;
  target: Bound['target'] | undefined;
}

function parseItems(cursor: Cursor): Item[] {
  const items: Item[] = [];
  do items.push(parseItem(cursor));
  while (cursor.takeOperator(','));
  return items;
}

function parseItem(cursor: Cursor): Item {
  const value = parseExpression(cursor);
  if (!cursor.takeWord('as')) return { value, target: undefined };
  const target = parsePrimary(cursor);
  checkTarget(cursor, target);
  return { value, target };
}

/** Whether the bracket that opens here is closed directly before the colon of the statement. */
function hasBracketedItems(cursor: Cursor): boolean {
  if (!cursor.isOperator('(')) return false;
  let depth = 0;
  for (let i = cursor.index; cursor.kindAt(i) !== newline && cursor.kindAt(i) !== end; i++) {
    if (cursor.kindAt(i) !== operator) continue;
    const text = cursor.textAt(i);
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') {
      if (--depth === 0) return cursor.textAt(i + 1) === ':';
    }
  }
  return false;
}

/** Undefined when the brackets are those of an expression, as in `with (yield):`. */
function tryBracketedItems(cursor: Cursor): Item[] | undefined {
  const { index, depth, gathered } = cursor;
  const imports = gathered.imports.length;
  const unknown = gathered.unknownImports.length;
  const { functions } = gathered;
  try {
    cursor.expectOperator('(');
    const items: Item[] = [];
    do {
      if (cursor.isOperator(')')) break;
      items.push(parseItem(cursor));
    } while (cursor.takeOperator(','));
    cursor.expectOperator(')');
    return items.length === 0 ? cursor.fail('expected an expression') : items;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    gathered.imports.length = imports;
    gathered.unknownImports.length = unknown;
    gathered.functions = functions;
    cursor.index = index;
    cursor.depth = depth;
    return undefined;
  }
}

/** Whether `match` begins a statement here: its line ends with a colon and a `case` follows. */
export function beginsMatch(cursor: Cursor): boolean {
  cursor.advance();
  const possible = beginsExpression(cursor) || cursor.isOperator('*');
  cursor.index--;
  if (!possible) return false;
  let i = cursor.index;
  while (cursor.kindAt(i) !== newline && cursor.kindAt(i) !== end) i++;
  return (
    cursor.textAt(i - 1) === ':' &&
    cursor.kindAt(i + 1) === indent &&
    cursor.kindAt(i + 2) === name &&
    cursor.textAt(i + 2) === 'case'
  );
}

export function parseMatch(cursor: Cursor): [Block] {
  const { at } = cursor;
  cursor.expectWord('match');
  const head = [parseExpressions(cursor)];
  const block: Block = { kind: 'block', what: 'switch', head, binds: [], body: [], at };
  cursor.expectOperator(':');
  cursor.advance();
  cursor.advance();
  while (cursor.kind !== dedent && cursor.kind !== end) {
    cursor.expectWord('case');
    const { values, binds } = parseCase(cursor);
    head.push(...values);
    for (const target of binds) block.binds.push({ target, value: undefined });
    if (cursor.takeWord('if')) head.push(parseNamed(cursor));
    for (const statement of parseBlock(cursor)) block.body.push(statement);
  }
  cursor.takeKind(dedent);
  return [block];
}
