import type { Callable, Class, Expression, Module } from '../syntax/types.ts';

/** A place under conditions: the innermost one, with those around it. */
export interface Condition {
  /** Undefined for what cannot be decided: a loop, a handler. */
  readonly test: Expression | undefined;
  /** Which side of it the place is on. */
  readonly side: boolean;
  readonly parent: Condition | undefined;
}

/** One thing that a name is bound to. */
export interface Binding {
  /** Undefined when it is bound to something that no expression gives. */
  readonly value: Expression | undefined;
  /** What is taken out of the value: `['db', 'url']` for `{ db: { url } } = value`. */
  readonly path: readonly string[];
  /** What it is when the value is missing: `{ url = 'x' } = value`. */
  readonly fallback: Expression | undefined;
  /** `=`, or `+=` and the like. */
  readonly operator: string;
  readonly annotation: Expression | undefined;
  readonly when: Condition | undefined;
  /** Offset after which it holds. */
  readonly at: number;
  /** The scope in which the value is evaluated. */
  readonly scope: Scope;
}

/** The names of a module, a class or a function. Blocks have none of their own. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly module: Module;
  readonly parent: Scope | undefined;
  readonly node: Callable | Class | undefined;
  readonly names: Map<string, Binding[]>;
  /** Of a class: what its methods assign to `self.x` and `this.x`. */
  readonly fields: Map<string, Binding[]>;
  /** Of a function, in the order of the text; those of functions inside it are not among them. */
  readonly returns: { value: Expression | undefined; when: Condition | undefined }[];
  /** The conditions under which it stands in the scope around it. */
  readonly when: Condition | undefined;
  /** Names that belong to the module though they are assigned here. */
  readonly globals: Set<string>;
}

/** Where an expression stands. */
export interface Site {
  readonly scope: Scope;
  readonly when: Condition | undefined;
}

/** Where a name is used, as far as the order of statements decides what it holds there. */
export interface Use {
  readonly at: number;
  readonly when: Condition | undefined;
}

/** The class whose method, however deep in it, a scope is. */
export function classAround(scope: Scope): Scope | undefined {
  let each: Scope | undefined = scope;
  while (each !== undefined && each.kind !== 'class') each = each.parent;
  return each;
}

/** Whether a place lies under no condition that another one does not lie under as well. */
export function isAround(outer: Condition | undefined, inner: Condition | undefined): boolean {
  for (let each = inner; each !== undefined; each = each.parent) if (each === outer) return true;
  return outer === undefined;
}

/** A scope without names yet. */
export function makeScope(
  kind: Scope['kind'],
  module: Module,
  site: Site | undefined,
  node: Callable | Class | undefined,
): Scope {
  return {
    kind,
    module,
    parent: site?.scope,
    when: site?.when,
    node,
    names: new Map(),
    fields: new Map(),
    returns: [],
    globals: new Set(),
  };
}

export function makeBinding(
  bound: Omit<Binding, 'path' | 'fallback'>,
  path: readonly string[],
  fallback: Expression | undefined,
): Binding {
  return { ...bound, path, fallback };
}
