import type { AnyNode, Pattern, Program, VariableDeclaration } from 'acorn';
import type { Edit } from '../async-context/edits.ts';
import { namesOf } from '../esm/scope.ts';
import { childrenOf } from '../esm/walk.ts';

/** Names under which a script in a context reaches its context; see context.ts. */
export const contextNames = { variable: '$variable$', func: '$function$', lexical: '$lexical$' } as const;

function isFunction(node: AnyNode): boolean {
  return /Function/.test(node.type);
}

/**
 * The edits by which what a script declares at its top level becomes part of its context: `var` and functions as
 * properties, `let`, `const` and `class` as bindings that later scripts see. `typeof` of a name that nobody has is
 * `undefined`, although the context's scope answers for every name.
 * @returns Edits in order; no line moves.
 */
export function contextEdits(program: Program, source: string): Edit[] {
  return new Rewriter(source).run(program);
}

function lexicalNames(program: Program): string[] {
  return program.body.flatMap((statement) =>
    statement.type === 'ClassDeclaration'
      ? [statement.id.name]
      : statement.type === 'VariableDeclaration' && statement.kind !== 'var'
        ? statement.declarations.flatMap((each) => namesOf(each.id))
        : [],
  );
}

/** Puts code behind a script's directives. */
function atTheStart(program: Program, code: readonly string[]): Edit[] {
  if (code.length === 0) return [];
  let at = 0;
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement' || !('directive' in statement)) break;
    at = statement.end;
  }
  return [{ start: at, end: at, text: `${at > 0 ? ';' : ''}${code.join('')}` }];
}

/**
 * The edits by which `let`, `const` and `class` at the top level of a script that is evaluated reach scripts that run
 * later. They become accessors of the global object, as nothing else is seen everywhere.
 */
export function globalBindingEdits(program: Program): Edit[] {
  const define = (name: string): string =>
    `Object.defineProperty(globalThis, "${name}", { get: () => ${name}, set: ($value$) => { ${name} = $value$; }, configurable: true });`;
  return atTheStart(program, lexicalNames(program).map(define));
}

class Rewriter {
  readonly #source: string;
  readonly #edits: Edit[] = [];
  readonly #variables = new Set<string>();

  constructor(source: string) {
    this.#source = source;
  }

  run(program: Program): Edit[] {
    this.#visit(program, undefined, false);
    const { variable, func, lexical } = contextNames;
    const declarations = [...this.#variables].map((name) => `${variable}("${name}");`);
    for (const statement of program.body) {
      if (statement.type === 'FunctionDeclaration')
        declarations.push(`${func}("${statement.id.name}", ${statement.id.name});`);
    }
    for (const name of lexicalNames(program))
      declarations.push(
        `${lexical}("${name}", { get: () => ${name}, set: ($value$) => { ${name} = $value$; } });`,
      );
    const own = this.#edits.sort((a, b) => a.start - b.start || a.end - b.end);
    return [...atTheStart(program, declarations), ...own].sort((a, b) => a.start - b.start);
  }

  #insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  #visit(node: AnyNode, parent: AnyNode | undefined, inFunction: boolean): void {
    if (
      node.type === 'UnaryExpression' &&
      node.operator === 'typeof' &&
      node.argument.type === 'Identifier'
    ) {
      this.#insert(node.start, '(() => { try { return ');
      this.#insert(node.end, " } catch { return 'undefined' } })()");
      return;
    }
    if (node.type === 'VariableDeclaration' && node.kind === 'var' && !inFunction) this.#assign(node, parent);
    for (const child of childrenOf(node)) this.#visit(child, node, inFunction || isFunction(child));
  }

  /** Turns a declaration into assignments. */
  #assign(node: VariableDeclaration, parent: AnyNode | undefined): void {
    const head = parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement';
    const inFor = head || (parent?.type === 'ForStatement' && parent.init === node);
    for (const { id } of node.declarations) for (const name of namesOf(id)) this.#variables.add(name);
    const [first] = node.declarations;
    if (first === undefined) return;
    const gap = this.#source.slice(node.start, first.start).replaceAll(/[^\n]/g, '');
    this.#edits.push({ start: node.start, end: first.start, text: `${inFor ? '' : 'void ('}${gap}` });
    if (head) return;
    for (const { id, init, start, end } of node.declarations) {
      if (!init) this.#edits.push({ start, end, text: '0' });
      else if (isPattern(id)) {
        this.#insert(start, '(');
        this.#insert(end, ')');
      }
    }
    if (inFor) return;
    this.#insert(this.#source[node.end - 1] === ';' ? node.end - 1 : node.end, ')');
  }
}

function isPattern(id: Pattern): boolean {
  return id.type === 'ObjectPattern' || id.type === 'ArrayPattern';
}
