import type { AnyNode, Pattern, Program } from 'acorn';
import { childrenOf } from './walk.ts';

/** A use of an imported name: what it must be replaced with depends on where it stands. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'plain' | 'call' | 'shorthand';
}

export interface ScopeReport {
  readonly references: Reference[];
  /** Ranges of `import.meta`. */
  readonly metas: { start: number; end: number }[];
  /** `arguments` outside of every function that has some. */
  readonly outerArguments: { start: number; end: number; kind: 'plain' | 'typeof' }[];
  /** Those of the given names that are assigned to, beside their declaration. */
  readonly assigned: Set<string>;
  readonly topLevelAwait: boolean;
}

/** Names that a pattern binds. */
export function namesOf(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        namesOf(each.type === 'RestElement' ? each.argument : each.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => namesOf(each));
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    default:
      return [];
  }
}

function isFunction(node: AnyNode): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** Names declared with `var`, and functions, anywhere below, not inside other functions. */
function varNames(node: AnyNode, out: Set<string>): void {
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const declarator of node.declarations) for (const name of namesOf(declarator.id)) out.add(name);
  }
  for (const child of childrenOf(node)) if (!isFunction(child)) varNames(child, out);
}

/** Names that a list of statements declares for its own block. */
function lexicalNames(statements: readonly AnyNode[], out: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration') {
      for (const declarator of statement.declarations)
        for (const name of namesOf(declarator.id)) out.add(name);
    } else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      const { id } = statement as { id: { name: string } | null };
      if (id !== null) out.add(id.name);
    }
  }
}

/** Walks a module once, and finds each use of the given names of its own scope that nothing shadows. */
export function analyse(program: Program, names: ReadonlySet<string>): ScopeReport {
  return new Analyser(names).run(program);
}

class Analyser {
  readonly #names: ReadonlySet<string>;
  readonly #scopes: Set<string>[] = [];
  readonly #report = {
    references: [] as Reference[],
    metas: [] as { start: number; end: number }[],
    outerArguments: [] as ScopeReport['outerArguments'],
    assigned: new Set<string>(),
    topLevelAwait: false,
  };
  #depth = 0;
  /** Functions around that have `arguments`. */
  #functions = 0;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  run(program: Program): ScopeReport {
    for (const statement of program.body) this.#visit(statement);
    return this.#report;
  }

  #within(names: Set<string>, run: () => void): void {
    this.#scopes.push(names);
    run();
    this.#scopes.pop();
  }

  #refer(name: string, start: number, end: number, kind: Reference['kind']): void {
    if (name === 'arguments' && this.#functions === 0)
      this.#report.outerArguments.push({ start, end, kind: 'plain' });
    if (this.#isOuter(name)) this.#report.references.push({ name, start, end, kind });
  }

  #isOuter(name: string): boolean {
    return this.#names.has(name) && !this.#scopes.some((scope) => scope.has(name));
  }

  #assigns(names: readonly string[]): void {
    for (const name of names) if (this.#isOuter(name)) this.#report.assigned.add(name);
  }

  #children(node: AnyNode): void {
    for (const child of childrenOf(node)) this.#visit(child);
  }

  #function(node: AnyNode): void {
    if (
      node.type !== 'FunctionDeclaration' &&
      node.type !== 'FunctionExpression' &&
      node.type !== 'ArrowFunctionExpression'
    ) {
      return;
    }
    const outer = new Set(node.params.flatMap((param) => namesOf(param)));
    if (node.type === 'FunctionExpression' && node.id) outer.add(node.id.name);
    const inner = new Set<string>();
    varNames(node.body, inner);
    if (node.body.type === 'BlockStatement') lexicalNames(node.body.body, inner);
    const own = node.type === 'ArrowFunctionExpression' ? 0 : 1;
    this.#depth++;
    this.#functions += own;
    this.#within(outer, () => {
      for (const param of node.params) this.#visit(param);
      this.#within(inner, () => {
        if (node.body.type === 'BlockStatement')
          for (const statement of node.body.body) this.#visit(statement);
        else this.#visit(node.body);
      });
    });
    this.#functions -= own;
    this.#depth--;
  }

  #class(node: AnyNode): void {
    if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return;
    this.#within(new Set(node.id ? [node.id.name] : []), () => {
      if (node.superClass) this.#visit(node.superClass);
      this.#visit(node.body);
    });
  }

  #block(statements: readonly AnyNode[]): void {
    const names = new Set<string>();
    lexicalNames(statements, names);
    this.#within(names, () => {
      for (const statement of statements) this.#visit(statement);
    });
  }

  #visit(node: AnyNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#refer(node.name, node.start, node.end, 'plain');
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#function(node);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#class(node);
      case 'BlockStatement':
        return this.#block(node.body);
      case 'StaticBlock':
        this.#depth++;
        this.#block(node.body);
        this.#depth--;
        return;
      case 'SwitchStatement':
        this.#visit(node.discriminant);
        this.#within(new Set(), () => {
          const names = this.#scopes.at(-1) ?? new Set<string>();
          for (const one of node.cases) lexicalNames(one.consequent, names);
          for (const one of node.cases) this.#children(one);
        });
        return;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#loop(node);
      case 'CatchClause':
        this.#within(new Set(namesOf(node.param ?? null)), () => {
          if (node.param) this.#visit(node.param);
          this.#visit(node.body);
        });
        return;
      case 'AwaitExpression':
        if (this.#depth === 0) this.#report.topLevelAwait = true;
        return this.#children(node);
      case 'AssignmentExpression':
        this.#assigns(namesOf(node.left as Pattern));
        return this.#children(node);
      case 'UpdateExpression':
        if (node.argument.type === 'Identifier') this.#assigns([node.argument.name]);
        return this.#children(node);
      case 'MetaProperty':
        if (node.meta.name === 'import') this.#report.metas.push({ start: node.start, end: node.end });
        return;
      default:
        return this.#expression(node);
    }
  }

  #loop(node: AnyNode): void {
    if (node.type === 'ForOfStatement' && node.await && this.#depth === 0) this.#report.topLevelAwait = true;
    const head =
      node.type === 'ForStatement'
        ? node.init
        : node.type === 'ForInStatement' || node.type === 'ForOfStatement'
          ? node.left
          : null;
    const names = new Set<string>();
    if (head?.type === 'VariableDeclaration') lexicalNames([head], names);
    else if (node.type !== 'ForStatement' && head) this.#assigns(namesOf(head as Pattern));
    this.#within(names, () => this.#children(node));
  }

  #expression(node: AnyNode): void {
    switch (node.type) {
      case 'MemberExpression':
        this.#visit(node.object);
        if (node.computed) this.#visit(node.property);
        return;
      case 'CallExpression':
      case 'TaggedTemplateExpression': {
        const target = node.type === 'CallExpression' ? node.callee : node.tag;
        if (target.type === 'Identifier') this.#refer(target.name, target.start, target.end, 'call');
        else this.#visit(target);
        if (node.type === 'CallExpression') for (const argument of node.arguments) this.#visit(argument);
        else this.#visit(node.quasi);
        return;
      }
      case 'Property':
        if (node.shorthand) return this.#shorthand(node.value);
        if (node.computed) this.#visit(node.key);
        this.#visit(node.value);
        return;
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node.computed) this.#visit(node.key);
        if (node.value) {
          this.#depth++;
          this.#visit(node.value);
          this.#depth--;
        }
        return;
      case 'UnaryExpression':
        if (node.operator !== 'typeof' || node.argument.type !== 'Identifier') return this.#children(node);
        if (node.argument.name !== 'arguments' || this.#functions > 0) return this.#visit(node.argument);
        this.#report.outerArguments.push({ start: node.start, end: node.end, kind: 'typeof' });
        return;
      case 'LabeledStatement':
        return this.#visit(node.body);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'ExportNamedDeclaration':
        if (node.declaration) this.#visit(node.declaration);
        return;
      default:
        return this.#children(node);
    }
  }

  #shorthand(value: AnyNode): void {
    if (value.type === 'Identifier') this.#refer(value.name, value.start, value.end, 'shorthand');
    else if (value.type === 'AssignmentPattern') this.#visit(value.right);
    else this.#visit(value);
  }
}
