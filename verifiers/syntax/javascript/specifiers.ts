import type * as t from '@babel/types';
import { unwrap, type Context } from './context.ts';

/** What is known of the specifier of a `require` or an `import()`. */
export type Specifier = { literal: string } | { start?: string };

const here = Symbol('the folder of the file');
const root = Symbol('the working directory');
const unknown = Symbol('not known');
type Piece = string | typeof here | typeof root | typeof unknown;

/** Names are followed to constants, which may double with every step; so many pieces are read. */
const mostPieces = 200;

/**
 * Reads a specifier: literals, templates, sums, `path.join(__dirname, …)`, `new URL('./x', import.meta.url)`, constants
 * of the file. A path from the file's own folder begins with `./`, one from the working directory with `/`.
 */
export function readSpecifier(node: t.Node, context: Context): Specifier {
  const pieces = readPieces(node, context, { left: mostPieces });
  if (pieces[0] === 'file://') pieces.shift();
  const text: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === 'string') text.push(piece);
    else if (index === 0 && piece === here) text.push('./');
    else if (index === 0 && piece === root) text.push('/');
    else return text.length === 0 ? {} : { start: tidy(text.join('')) };
  }
  return { literal: tidy(text.join('')) };
}

/** `.//models` comes of `__dirname + '/models'`, `./../a` of `path.join(__dirname, '../a')`. */
function tidy(text: string): string {
  if (text.startsWith('file://')) return text.slice('file://'.length);
  const single = text.startsWith('./') ? `./${trimSlashes(text.slice(2))}` : text;
  if (single.startsWith('./../')) return single.slice(2);
  return single.startsWith('//') ? `/${trimSlashes(single)}` : single;
}

function trimSlashes(text: string): string {
  let from = 0;
  while (text[from] === '/') from++;
  return text.slice(from);
}

interface Budget {
  left: number;
}

function readPieces(wrapped: t.Node, context: Context, budget: Budget): Piece[] {
  if (--budget.left < 0) return [unknown];
  const node = unwrap(wrapped);
  switch (node.type) {
    case 'StringLiteral':
      return [node.value];
    case 'TemplateLiteral':
      return node.quasis.flatMap((quasi, index) => {
        const after = node.expressions[index];
        const fixed = quasi.value.cooked ?? '';
        return [...(fixed === '' ? [] : [fixed]), ...(after ? readPieces(after, context, budget) : [])];
      });
    case 'BinaryExpression':
      if (node.operator !== '+') return [unknown];
      return [...readPieces(node.left, context, budget), ...readPieces(node.right, context, budget)];
    case 'Identifier': {
      if (node.name === '__dirname') return [here];
      const constant = context.constants.get(node.name);
      return constant === undefined ? [unknown] : readPieces(constant, context, budget);
    }
    case 'MemberExpression':
      return readMember(node, context, budget);
    case 'CallExpression':
    case 'NewExpression':
      return readCall(node, context, budget);
    default:
      return [unknown];
  }
}

function readMember(node: t.MemberExpression, context: Context, budget: Budget): Piece[] {
  const name = node.property.type === 'Identifier' ? node.property.name : '';
  if (node.object.type === 'MetaProperty') return name === 'dirname' ? [here] : [unknown];
  if (['href', 'pathname'].includes(name)) return readPieces(node.object, context, budget);
  return [unknown];
}

function readCall(node: t.CallExpression | t.NewExpression, context: Context, budget: Budget): Piece[] {
  const name = calledName(node);
  const [first, second] = node.arguments;
  if (name === 'cwd') return [root];
  if (first === undefined) return [unknown];
  switch (name) {
    case 'join':
    case 'resolve': {
      const parts = node.arguments.map((part) => readPieces(part, context, budget));
      const relative = name === 'resolve' && typeof parts[0]?.[0] === 'string';
      const joined = parts.flatMap((part, index) => (index === 0 ? part : ['/', ...part]));
      return relative ? [root, ...joined] : joined;
    }
    case 'URL':
      return second !== undefined && isOwnUrl(second) ? readPieces(first, context, budget) : [unknown];
    case 'pathToFileURL':
    case 'fileURLToPath':
    case 'String':
      return readPieces(first, context, budget);
    case 'dirname':
      return isOwnUrl(first) || isOwnPath(first) ? [here] : [unknown];
    default:
      return [unknown];
  }
}

/** `join` of `join()` and of `path.join()`. */
function calledName(node: t.CallExpression | t.NewExpression): string {
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}

function isOwnUrl(node: t.Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.property.type === 'Identifier' &&
    ['url', 'filename'].includes(node.property.name)
  );
}

/** `__filename`, or the file's own URL as a path. */
function isOwnPath(node: t.Node): boolean {
  if (node.type === 'Identifier') return node.name === '__filename';
  const [first] = node.type === 'CallExpression' ? node.arguments : [];
  return node.type === 'CallExpression' && calledName(node) === 'fileURLToPath' && first !== undefined
    ? isOwnUrl(first)
    : false;
}
