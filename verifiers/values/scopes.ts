import type { Callable, Class, Expression, Module, Name, Statement } from '../syntax/types.ts';
import { classAround, makeBinding, makeScope, type Binding, type Scope, type Site } from './scope.ts';

/** The scopes of a module, and where its names, calls and assignments stand. */
export interface Scopes {
  readonly module: Scope;
  /** Of functions and classes. */
  readonly inner: ReadonlyMap<Callable | Class, Scope>;
  readonly names: ReadonlyMap<Name, Site>;
  readonly calls: readonly { call: Expression & { kind: 'call' }; site: Site }[];
}

const known = new WeakMap<Module, Scopes>();

/** The scopes of a module; they are kept. */
export function scopesOf(module: Module): Scopes {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const reader = new Reader(module);
  reader.read();
  known.set(module, reader);
  return reader;
}

interface Pending {
  readonly node: Statement | Expression;
  readonly site: Site;
}

/** Walks a module without a stack of calls, so that depth does no harm. */
class Reader implements Scopes {
  readonly module: Scope;
  readonly inner = new Map<Callable | Class, Scope>();
  readonly names = new Map<Name, Site>();
  readonly calls: { call: Expression & { kind: 'call' }; site: Site }[] = [];
  readonly #body: readonly Statement[];
  readonly #pending: Pending[] = [];

  constructor(module: Module) {
    this.#body = module.body;
    this.module = makeScope('module', module, undefined, undefined);
  }

  read(): void {
    this.#push(this.#body, { scope: this.module, when: undefined });
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      this.#visit(next.node, next.site);
    }
  }

  /** The first is visited first. */
  #push(nodes: readonly (Statement | Expression | undefined)[], site: Site): void {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      if (node !== undefined) this.#pending.push({ node, site });
    }
  }

  #under(site: Site, test: Expression | undefined, side: boolean): Site {
    return { scope: site.scope, when: { test, side, parent: site.when } };
  }

  #visit(node: Statement | Expression, site: Site): void {
    switch (node.kind) {
      case 'assign': {
        const { value, operator, annotationValue: annotation } = node;
        for (const target of node.targets) {
          this.#bind(
            target,
            { ...site, value, operator, annotation, at: value?.at ?? node.at },
            [],
            undefined,
          );
        }
        this.#push([...node.targets, annotation, value], site);
        break;
      }
      case 'declare': {
        const declared = { ...site, value: node.value, operator: '=', annotation: undefined, at: node.at };
        this.#add(site.scope, node.value.name, makeBinding(declared, [], undefined));
        this.#push([node.value], site);
        break;
      }
      case 'return':
        site.scope.returns.push({ value: node.value, when: site.when });
        this.#push([node.value], site);
        break;
      case 'evaluate':
        this.#push([node.value], site);
        break;
      case 'branch':
        this.#push(node.otherwise, this.#under(site, node.test, false));
        this.#push(node.then, this.#under(site, node.test, true));
        this.#push([node.test], site);
        break;
      case 'block': {
        const runs = node.what === 'with' || node.what === 'other';
        const inside = runs ? site : this.#under(site, undefined, true);
        for (const { target, value } of node.binds) {
          const bound = { ...inside, value, operator: '=', annotation: undefined, at: value?.at ?? node.at };
          this.#bind(target, bound, [], undefined);
        }
        this.#push(node.body, inside);
        this.#push(
          node.binds.map((bind) => bind.target),
          inside,
        );
        this.#push(node.head, site);
        break;
      }
      case 'import':
      case 'export':
        break;
      default:
        this.#visitExpression(node, site);
    }
  }

  #visitExpression(node: Expression, site: Site): void {
    switch (node.kind) {
      case 'name':
        this.names.set(node, site);
        break;
      case 'template':
        this.#push(node.parts, site);
        break;
      case 'member':
        this.#push([node.object], site);
        break;
      case 'index':
        this.#push([node.object, node.index], site);
        break;
      case 'call':
        this.calls.push({ call: node, site });
        this.#push([node.callee, ...node.args.map((argument) => argument.value)], site);
        break;
      case 'operation':
        this.#push(node.operands, site);
        break;
      case 'conditional':
        this.#push([node.otherwise], this.#under(site, node.test, false));
        this.#push([node.then], this.#under(site, node.test, true));
        this.#push([node.test], site);
        break;
      case 'dictionary':
        this.#push(
          node.entries.flatMap(({ key, value }) => [key, value]),
          site,
        );
        break;
      case 'list':
        this.#push(node.items, site);
        break;
      case 'callable':
        this.#visitCallable(node, site);
        break;
      case 'class':
        this.#visitClass(node, site);
        break;
      case 'other':
        this.#visitOther(node, site);
        break;
      default:
    }
  }

  #visitOther(node: Expression & { kind: 'other' }, site: Site): void {
    const [target, value] = node.children;
    if (node.what === 'assign' && target !== undefined && value !== undefined) {
      this.#bind(
        target,
        { ...site, value, operator: '=', annotation: undefined, at: value.at },
        [],
        undefined,
      );
    } else if (node.what === 'global' || node.what === 'nonlocal') {
      for (const child of node.children) if (child.kind === 'name') site.scope.globals.add(child.name);
    }
    this.#push(node.children, site);
  }

  #visitCallable(node: Callable, site: Site): void {
    const scope = makeScope('function', site.scope.module, site, node);
    this.inner.set(node, scope);
    for (const parameter of node.parameters) {
      if (parameter.pattern !== undefined) this.#bindPattern(parameter.pattern, scope);
      this.#push([...parameter.decorators, parameter.annotationValue, parameter.default], site);
    }
    this.#push(node.body, { scope, when: undefined });
    this.#push(node.decorators, site);
  }

  /** The names in `({ db, log }) => …`, of whose values nothing is known. */
  #bindPattern(pattern: Expression, scope: Scope): void {
    const nothing = { value: undefined, operator: '=', annotation: undefined, when: undefined };
    this.#bind(pattern, { ...nothing, scope, at: pattern.at }, [], undefined);
    this.#push([pattern], { scope, when: undefined });
  }

  #visitClass(node: Class, site: Site): void {
    const scope = makeScope('class', site.scope.module, site, node);
    this.inner.set(node, scope);
    this.#push(node.body, { scope, when: undefined });
    const keywords = (node.keywords ?? []).map((keyword) => keyword.value);
    this.#push([...node.decorators, ...node.bases, ...keywords], site);
  }

  #add(scope: Scope, name: string, binding: Binding): void {
    const owner = scope.globals.has(name) ? this.module : scope;
    push(owner.names, name, binding);
  }

  #bind(
    target: Expression,
    bound: Omit<Binding, 'path' | 'fallback'>,
    path: readonly string[],
    fallback: Expression | undefined,
  ): void {
    switch (target.kind) {
      case 'name':
        this.#add(bound.scope, target.name, makeBinding(bound, path, fallback));
        break;
      case 'member':
        this.#bindMember(target, makeBinding(bound, path, fallback));
        break;
      case 'dictionary':
        for (const { key, value } of target.entries) {
          if (key?.kind === 'text') this.#bind(value, bound, [...path, key.value], undefined);
        }
        break;
      case 'list':
        for (const [index, item] of target.items.entries()) {
          const own =
            path.length === 0 && bound.value?.kind === 'list' ? bound.value.items[index] : undefined;
          if (own !== undefined) this.#bind(item, { ...bound, value: own }, [], undefined);
          else this.#bind(item, bound, [...path, String(index)], undefined);
        }
        break;
      case 'other': {
        const [inner, value] = target.children;
        if (inner === undefined) break;
        if (target.what === 'assign') this.#bind(inner, bound, path, value);
        else this.#bind(inner, { ...bound, value: undefined }, [], undefined);
        break;
      }
      default:
    }
  }

  /** `self.x = …` in a method, `module.exports = …`, `exports.x = …`. */
  #bindMember(target: Expression & { kind: 'member' }, binding: Binding): void {
    const { object, name } = target;
    if (object.kind !== 'name') return;
    if (object.name === 'self' || object.name === 'this' || object.name === 'cls') {
      const owner = classAround(binding.scope);
      if (owner !== undefined) push(owner.fields, name, binding);
    } else if (object.name === 'module' && name === 'exports')
      push(this.module.names, 'module.exports', binding);
    else if (object.name === 'exports') push(this.module.names, `exports.${name}`, binding);
  }
}

function push<T>(map: Map<string, T[]>, name: string, value: T): void {
  const values = map.get(name);
  if (values === undefined) map.set(name, [value]);
  else values.push(value);
}
