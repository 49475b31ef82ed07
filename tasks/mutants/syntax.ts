import { parse, type AnyNode } from 'acorn';
import { childrenOf } from '../../src/engines/node/esm/walk.ts';

/** A node of a file with what is around it. */
export interface Place {
  readonly node: AnyNode;
  /** Nearest first. */
  readonly parents: readonly AnyNode[];
  /** The route handler or named function that it stands in, e.g. `articles.js PUT /:slug` or `store.js addUser`. */
  readonly region: string;
  /** Path in the submission. */
  readonly file: string;
  readonly source: string;
}

/**
 * Every node of an ES module, parents first.
 * @throws SyntaxError when the file is none.
 */
export function placesOf(file: string, source: string): Place[] {
  const places: Place[] = [];
  const name = file.slice(file.lastIndexOf('/') + 1);
  const visit = (node: AnyNode, parents: readonly AnyNode[], region: string) => {
    const inner = regionName(node);
    const here = inner === undefined ? region : `${name} ${inner}`;
    places.push({ node, parents, region: here, file, source });
    for (const child of childrenOf(node)) visit(child, [node, ...parents], here);
  };
  visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), [], `${name} top`);
  return places;
}

/** The source text of a node. */
export function textOf({ source }: Place, node: AnyNode): string {
  return source.slice(node.start, node.end);
}

/** Name of a called method, e.g. `has` of `set.has(x)`; undefined for other nodes. */
export function methodOf(node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  return node.callee.property.type === 'Identifier' ? node.callee.property.name : undefined;
}

/** Name of a called function, e.g. `has` of `has(x)` or of `new has(x)`. */
export function functionOf(node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  return node.callee.type === 'Identifier' ? node.callee.name : undefined;
}

/** 1-based line of an offset. */
export function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

const routeMethods = new Set(['get', 'post', 'put', 'delete']);

function regionName(node: AnyNode): string | undefined {
  const method = methodOf(node);
  if (node.type === 'CallExpression' && method !== undefined && routeMethods.has(method)) {
    const [path] = node.arguments;
    if (path?.type === 'Literal' && typeof path.value === 'string' && path.value.startsWith('/')) {
      return `${method.toUpperCase()} ${path.value}`;
    }
  }
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return node.id?.name;
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
    return node.init?.type === 'ArrowFunctionExpression' ? node.id.name : undefined;
  }
  if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
    const { key } = node;
    if (key.type === 'PrivateIdentifier') return `#${key.name}`;
    return key.type === 'Identifier' && key.name !== 'constructor' ? key.name : undefined;
  }
  return undefined;
}
