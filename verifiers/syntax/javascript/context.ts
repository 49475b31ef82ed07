import type * as t from '@babel/types';
import type { Export, Expression, Import, Other, Statement } from '../types.ts';

/** Levels of nesting that are lowered; what lies deeper is reported and left out. People stay below a hundred. */
const mostDepth = 600;

/** The functions that lower one kind of node, handed round so that the files need not import each other in circles. */
export interface Lowerers {
  expression(node: t.Node, context: Context): Expression;
  statements(nodes: readonly t.Node[], context: Context): Statement[];
}

/** What is gathered while the tree of one file is lowered. */
export class Context {
  readonly imports: Import[] = [];
  readonly exports: Export[] = [];
  readonly unknownImports: { at: number; start?: string }[] = [];
  readonly problems: { at: number; message: string }[] = [];
  /** Names that `createRequire()` was given to, and `require` itself. */
  readonly requireNames = new Set(['require']);
  /** Initializers of constants, by which the specifier of an import may be known. */
  readonly constants = new Map<string, t.Node>();
  /** What is set on a name at the top: `db.User = value`. */
  readonly properties = new Map<string, [name: string, value: t.Node][]>();
  /** Of these names the properties are exported already: objects may be spread into each other. */
  readonly exportedObjects = new Set<string>();
  /** Exports of CommonJS, which are read when the whole file is known. */
  readonly later: (() => void)[] = [];
  /** Calls of `require` and `import()` whose import is recorded already, with the names that it binds. */
  readonly recorded = new WeakSet<t.Node>();
  /** Functions around the node that is being lowered. */
  functions = 0;
  #wholes: ReadonlyMap<string, string> | undefined;
  #depth = 0;
  readonly #lowerers: Lowerers;

  /** @param text of the whole file */
  constructor(
    readonly text: string,
    lowerers: Lowerers,
  ) {
    this.#lowerers = lowerers;
  }

  /** The specifier of the module that a name is bound to as a whole, once the whole file is read. */
  wholeOf(name: string): string | undefined {
    this.#wholes ??= new Map(
      this.imports.flatMap(({ whole, specifier }) => (whole === undefined ? [] : [[whole, specifier]])),
    );
    return this.#wholes.get(name);
  }

  expression(node: t.Node): Expression {
    if (this.#depth >= mostDepth) return this.#tooDeep(node);
    this.#depth++;
    const lowered = this.#lowerers.expression(node, this);
    this.#depth--;
    return lowered;
  }

  expressions(nodes: readonly (t.Node | null | undefined)[]): Expression[] {
    return nodes.flatMap((node) => (node ? [this.expression(node)] : []));
  }

  statements(nodes: readonly t.Node[]): Statement[] {
    const [first] = nodes;
    if (first === undefined) return [];
    if (this.#depth >= mostDepth) {
      const value = this.#tooDeep(first);
      return [{ kind: 'evaluate', value, at: value.at }];
    }
    this.#depth++;
    const lowered = this.#lowerers.statements(nodes, this);
    this.#depth--;
    return lowered;
  }

  /** The text of a type annotation without its colon; empty when there is none. */
  annotation(node: t.Node | null | undefined): string {
    if (!node) return '';
    const text = this.text.slice(node.start ?? 0, node.end ?? 0);
    return (text.startsWith(':') ? text.slice(1) : text).trim();
  }

  #tooDeep(node: t.Node): Other {
    const at = startOf(node);
    const message = `code is nested more than ${mostDepth} levels deep here; what lies deeper is not read`;
    if (!this.problems.some((problem) => problem.message === message)) this.problems.push({ at, message });
    return { kind: 'other', what: '', children: [], at };
  }
}

/** Offset of a node into the text. */
export function startOf(node: t.Node): number {
  return node.start ?? 0;
}

/** What TypeScript and parentheses put around a value without changing it. */
export function unwrap(node: t.Node): t.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** The name of a key of an object, a class or a pattern; undefined when it is computed. */
export function keyName(key: t.Node, computed: boolean): string | undefined {
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}
