import { walkModule } from '../syntax/walk.ts';
import type { Call, Callable, Class, Expression, Module, Parameter, Statement } from '../syntax/types.ts';

/** Something that a name is bound to. */
export type Definition =
  /** A value, or what a destructuring pattern takes out of it. */
  | { kind: 'value'; value: Expression; path: readonly string[] }
  | { kind: 'declaration'; value: Callable | Class }
  | { kind: 'parameter'; parameter: Parameter };

/** What the names of a module are bound to, in all of its scopes together. */
export interface Definitions {
  readonly names: ReadonlyMap<string, readonly Definition[]>;
  /** `x.name = value`, `x['name'] = value`, fields of classes, `fastify.decorate('name', value)`. */
  readonly properties: ReadonlyMap<string, readonly Expression[]>;
  /** The class that a method or field stands in. */
  readonly classes: readonly Class[];
}

/** Methods that set what they are given under a name: of fastify, express, koa, hono and Python's setattr. */
const setters = new Set(['decorate', 'decorateRequest', 'set', 'setattr', 'locals']);

/** Methods that hand a function the connection, or what a promise gives. */
const callbacks = new Set(['then', 'transaction', 'tx', 'task', 'begin', 'connect', 'run_sync']);

/** A pattern inside a pattern is followed so deep. */
const mostPath = 6;

const known = new WeakMap<Module, Definitions>();

/** The definitions of a module; they are kept. */
export function definitionsOf(module: Module): Definitions {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const reader = new Reader();
  walkModule(module, {
    statement: (statement) => {
      reader.statement(statement);
    },
    expression: (expression) => {
      reader.expression(expression);
    },
  });
  known.set(module, reader);
  return reader;
}

/** What is set under each name in all modules. */
export function gatherProperties(modules: readonly Module[]): Map<string, [Module, Expression][]> {
  const gathered = new Map<string, [Module, Expression][]>();
  for (const module of modules) {
    for (const [name, values] of definitionsOf(module).properties) {
      const all = gathered.get(name) ?? [];
      for (const value of values) all.push([module, value]);
      gathered.set(name, all);
    }
  }
  return gathered;
}

/** `const name = value` and `const { name } = value` of all modules. */
export function gatherValues(modules: readonly Module[]): Map<string, [Module, Definition][]> {
  const gathered = new Map<string, [Module, Definition][]>();
  for (const module of modules) {
    for (const [name, definitions] of definitionsOf(module).names) {
      const all = gathered.get(name) ?? [];
      for (const definition of definitions) if (definition.kind === 'value') all.push([module, definition]);
      gathered.set(name, all);
    }
  }
  return gathered;
}

class Reader implements Definitions {
  readonly names = new Map<string, Definition[]>();
  readonly properties = new Map<string, Expression[]>();
  readonly classes: Class[] = [];

  statement(statement: Statement): void {
    if (statement.kind === 'assign' && statement.value !== undefined) {
      for (const target of statement.targets) this.#bind(target, statement.value, []);
    } else if (statement.kind === 'declare') {
      push(this.names, statement.value.name, { kind: 'declaration', value: statement.value });
    } else if (statement.kind === 'block') {
      for (const { target, value } of statement.binds) if (value !== undefined) this.#bind(target, value, []);
    }
  }

  expression(expression: Expression): void {
    switch (expression.kind) {
      case 'callable':
        for (const parameter of expression.parameters) this.#parameter(parameter);
        break;
      case 'class':
        this.classes.push(expression);
        for (const statement of expression.body) this.#field(statement);
        break;
      case 'call':
        this.#callback(expression);
        this.#setter(
          expression.callee,
          expression.args.map((argument) => argument.value),
        );
        break;
      case 'other': {
        const [target, value] = expression.children;
        if (expression.what === 'assign' && target !== undefined && value !== undefined) {
          this.#bind(target, value, []);
        }
        break;
      }
      default:
    }
  }

  /** `pool.connect().then((client) => …)`: the function is given what it is handed to comes of. */
  #callback({ callee, args }: Call): void {
    if (callee.kind !== 'member' || !callbacks.has(callee.name)) return;
    const given = args.find(({ value }) => value.kind === 'callable')?.value;
    const parameter = given?.kind === 'callable' ? given.parameters[0] : undefined;
    if (parameter === undefined || parameter.name === '') return;
    push(this.names, parameter.name, { kind: 'value', value: callee.object, path: [] });
  }

  #parameter(parameter: Parameter): void {
    if (parameter.name !== '') push(this.names, parameter.name, { kind: 'parameter', parameter });
  }

  #field(statement: Statement): void {
    if (statement.kind !== 'assign' || statement.value === undefined) return;
    for (const target of statement.targets) {
      if (target.kind === 'name') push(this.properties, target.name, statement.value);
    }
  }

  #setter(callee: Expression, args: readonly Expression[]): void {
    const name = callee.kind === 'member' ? callee.name : callee.kind === 'name' ? callee.name : '';
    if (!setters.has(name)) return;
    const [key, value] = name === 'setattr' ? args.slice(1) : args;
    if (key?.kind === 'text' && value !== undefined) push(this.properties, key.value, value);
  }

  #bind(target: Expression, value: Expression, path: readonly string[]): void {
    switch (target.kind) {
      case 'name':
        push(this.names, target.name, { kind: 'value', value, path });
        break;
      case 'member':
        if (path.length === 0) push(this.properties, target.name, value);
        break;
      case 'index':
        if (path.length === 0 && target.index.kind === 'text')
          push(this.properties, target.index.value, value);
        break;
      case 'dictionary':
        if (path.length >= mostPath) break;
        for (const { key, value: inner } of target.entries) {
          const name = key?.kind === 'text' || key?.kind === 'name' ? key : undefined;
          if (name !== undefined) {
            this.#bind(inner, value, [...path, name.kind === 'text' ? name.value : name.name]);
          }
        }
        break;
      case 'list':
        if (path.length >= mostPath) break;
        for (const [index, inner] of target.items.entries()) this.#bindItem(inner, value, path, index);
        break;
      case 'other': {
        const [first] = target.children;
        // A pattern with a default, or the rest of one.
        if (first !== undefined) this.#bind(first, value, path);
        break;
      }
      default:
    }
  }

  /** `a, b = f(), g()` binds each to its own; of one value all get a part. */
  #bindItem(target: Expression, value: Expression, path: readonly string[], index: number): void {
    const own = path.length === 0 && value.kind === 'list' ? value.items[index] : undefined;
    if (own !== undefined) this.#bind(target, own, []);
    else this.#bind(target, value, [...path, String(index)]);
  }
}

function push<T>(map: Map<string, T[]>, name: string, value: T): void {
  const values = map.get(name);
  if (values === undefined) map.set(name, [value]);
  else values.push(value);
}
