import type { Callable, Expression, Module, Name, Project } from '../syntax/types.ts';
import { evaluateCall, gatherCalls, parameterValues, type Caller, type Frame } from './calls.ts';
import type { Environment } from './environment.ts';
import { instanceMember } from './instances.ts';
import { Names } from './names.ts';
import { evaluateDictionary, evaluateIndex, evaluateOperation } from './operations.ts';
import {
  classAround,
  isAround,
  type Binding,
  type Condition,
  type Scope,
  type Site,
  type Use,
} from './scope.ts';
import { scopesOf } from './scopes.ts';
import {
  combine,
  constantValue,
  distinct,
  fromParts,
  isNothing,
  partsOf,
  textValue,
  truthOf,
  unknown,
  type Value,
} from './value.ts';

/** Expressions that one question may look at, and how deep names may lead to names. */
const mostSteps = 20_000;
const deepest = 120;
const mostReturns = 8;
const mostPath = 12;
const mostBindings = 100;
const mostItems = 200;

/**
 * Evaluates constant expressions of Python, JavaScript and TypeScript, across files, under the environment that a
 * submission sets. Branches on known values are decided; what is not known is `unknown`.
 */
export class Evaluator {
  readonly #names: Names;
  readonly #running: readonly Module[];
  readonly #settings: readonly Module[];
  readonly environment: Environment;
  readonly #active = new Set<unknown>();
  readonly #frames = new Map<Callable, Frame>();
  readonly #kept = new Map<Expression, readonly Value[]>();
  #callers: ReadonlyMap<string, readonly Caller[]> | undefined;
  #steps = 0;
  #depth = 0;
  /** Questions that were cut short by a circle or a limit; their answers are not kept. */
  #cuts = 0;

  /** @param running modules whose calls give functions their arguments */
  constructor(
    project: Project,
    running: readonly Module[],
    environment: Environment,
    settings: readonly string[] = [],
  ) {
    this.#settings = settings.flatMap((path) => project.modules.get(path) ?? []);
    this.#names = new Names(project, this);
    this.#running = running;
    this.environment = environment;
  }

  /** What an expression of a module may be: at least one value, `unknown` where nothing is known. */
  possibleValues(module: Module, expression: Expression): readonly Value[] {
    this.#steps = 0;
    return this.values(expression, scopesOf(module).module);
  }

  /** Whether code at a site may run, as far as conditions on known values decide it. */
  mayRun(site: Site): boolean {
    this.#steps = 0;
    let { when } = site;
    for (let scope: Scope | undefined = site.scope; scope !== undefined; scope = scope.parent) {
      if (!this.#holds(when, scope)) return false;
      when = scope.when;
    }
    return true;
  }

  /** Calls in the running code whose callee ends with a name. */
  callersOf(name: string): readonly Caller[] {
    this.#callers ??= gatherCalls(this.#running);
    return this.#callers.get(name) ?? [];
  }

  /** The values of an expression that stands in a scope. */
  values(expression: Expression, scope: Scope): readonly Value[] {
    const kept = this.#kept.get(expression);
    if (kept !== undefined) return kept;
    if (++this.#steps > mostSteps || this.#depth >= deepest || this.#active.has(expression)) {
      this.#cuts++;
      return [unknown];
    }
    const cuts = this.#cuts;
    this.#active.add(expression);
    this.#depth++;
    const found = distinct(this.#read(expression, scope));
    this.#depth--;
    this.#active.delete(expression);
    const values = found.length === 0 ? [unknown] : found;
    if (cuts === this.#cuts && this.#frames.size === 0) this.#kept.set(expression, values);
    return values;
  }

  #read(expression: Expression, scope: Scope): readonly Value[] {
    switch (expression.kind) {
      case 'text':
        return [textValue(expression.value)];
      case 'constant':
        return [constantValue(expression.value)];
      case 'template':
        return combine(
          expression.parts.map((part) => this.values(part, scope)),
          (choice) => fromParts(choice.flatMap(partsOf)),
        );
      case 'name':
        return this.#name(expression, scope);
      case 'member':
        return (
          this.#names.dottedModule(expression, scope.module) ??
          this.member(this.values(expression.object, scope), expression.name)
        );
      case 'index':
        return evaluateIndex(
          this,
          this.values(expression.object, scope),
          this.values(expression.index, scope),
        );
      case 'call':
        return evaluateCall(this, expression, scope);
      case 'operation':
        return evaluateOperation(this, expression, scope);
      case 'conditional': {
        const decided = truthOf(this.values(expression.test, scope));
        const sides = [
          ...(decided === false ? [] : [expression.then]),
          ...(decided === true ? [] : [expression.otherwise]),
        ];
        return sides.flatMap((side) => this.values(side, scope));
      }
      case 'dictionary':
        return [evaluateDictionary(this, expression, scope)];
      case 'list':
        return [
          {
            kind: 'list',
            items: expression.items.slice(0, mostItems).map((item) => this.values(item, scope)),
          },
        ];
      case 'callable':
        return [{ kind: 'callable', module: scope.module, value: expression }];
      case 'class':
        return [{ kind: 'class', module: scope.module, value: expression }];
      case 'other': {
        const isPassedOn = expression.what === 'await' || expression.what === 'assign';
        const last = expression.children.at(-1);
        return isPassedOn && last !== undefined ? this.values(last, scope) : [unknown];
      }
    }
  }

  #name(expression: Name, scope: Scope): readonly Value[] {
    const site = scopesOf(scope.module).names.get(expression) ?? { scope, when: undefined };
    const { name } = expression;
    if (name === 'this' || name === 'self' || name === 'cls') {
      const owner = classAround(site.scope);
      if (owner?.node?.kind === 'class') {
        return [{ kind: name === 'cls' ? 'class' : 'instance', module: owner.module, value: owner.node }];
      }
    }
    for (let each: Scope | undefined = site.scope; each !== undefined; each = each.parent) {
      if (each.kind === 'class' && each !== site.scope) continue;
      const given = each.node?.kind === 'callable' ? this.#parameter(each.node, name, each) : undefined;
      if (given !== undefined) return given;
      const bindings = each.names.get(name);
      if (bindings !== undefined && each.kind !== 'module') {
        return this.bound(bindings, each === site.scope ? { at: expression.at, when: site.when } : undefined);
      }
    }
    const use = site.scope.kind === 'module' ? { at: expression.at, when: site.when } : undefined;
    return this.#names.global(site.scope.module, name, use);
  }

  /** The module that a specifier leads to; see `Names.loaded`. */
  loaded(from: Module, specifier: string, required: boolean): readonly Value[] {
    return this.#names.loaded(from, specifier, required);
  }

  /** Whether a dotted name means a module of the submission: `import a.b` makes `a.b` one. */
  isModule(expression: Expression & { kind: 'member' }, scope: Scope): boolean {
    return this.#names.dottedModule(expression, scope.module) !== undefined;
  }

  /** What a module defines or exports under a name. */
  defined(module: Module, name: string): readonly Value[] {
    return this.#names.defined(module, name);
  }

  /** The values of bindings; of those before a use in the same scope, from the last one that certainly holds. */
  bound(bindings: readonly Binding[], use?: Use): readonly Value[] {
    // A name that is bound so often is no constant, and each use would look at all of them.
    if (bindings.length > mostBindings) return [unknown];
    const before = use === undefined ? bindings : bindings.filter((binding) => binding.at < use.at);
    const candidates = before.length > 0 ? before : bindings;
    const found: Value[] = [];
    for (let i = candidates.length - 1; i >= 0; i--) {
      const binding = candidates[i];
      if (binding === undefined || !this.#holds(binding.when, binding.scope)) continue;
      found.push(...this.#valueOf(binding));
      if (isAround(binding.when, use?.when) && binding.operator === '=') break;
    }
    return found;
  }

  /** Whether conditions allow a place, as far as they can be decided. */
  #holds(when: Condition | undefined, scope: Scope): boolean {
    for (let each = when; each !== undefined; each = each.parent) {
      if (each.test === undefined) continue;
      const decided = truthOf(this.values(each.test, scope));
      if (decided !== undefined && decided !== each.side) return false;
    }
    return true;
  }

  #valueOf(binding: Binding): readonly Value[] {
    const { value, fallback, scope } = binding;
    if (value === undefined) return binding.annotation === undefined ? [unknown] : this.#annotated(binding);
    if (binding.operator !== '=') return [unknown];
    let values = this.values(value, scope);
    for (const part of binding.path) {
      values = values.flatMap((each) =>
        each.kind === 'list' ? (each.items[Number(part)] ?? [unknown]) : this.member([each], part),
      );
    }
    if (fallback === undefined) return values;
    return values.flatMap((each) => (isNothing(each) ? this.values(fallback, scope) : [each]));
  }

  /** What a field or variable that is only declared holds: an instance of its class. */
  #annotated({ annotation, scope }: Binding): readonly Value[] {
    if (annotation === undefined) return [unknown];
    return this.values(annotation, scope).map((value) =>
      value.kind === 'class' ? { ...value, kind: 'instance' as const } : unknown,
    );
  }

  #parameter(callable: Callable, name: string, scope: Scope): readonly Value[] | undefined {
    const framed = this.#frames.get(callable)?.get(name);
    if (framed !== undefined) return framed;
    const index = callable.parameters.findIndex((parameter) => parameter.name === name);
    if (index === -1) return undefined;
    return parameterValues(this, callable, index, scope.parent ?? scope);
  }

  /** What values have under a name. */
  member(objects: readonly Value[], name: string): readonly Value[] {
    return objects.flatMap((object): readonly Value[] => {
      switch (object.kind) {
        case 'package': {
          if (name === 'default') return [object];
          if (
            object.name === 'django' &&
            this.#settings.length > 0 &&
            /^(?:conf\.)?settings$/.test(object.path.join('.'))
          ) {
            return this.#settings.flatMap((module) => this.defined(module, name));
          }
          const path = [...object.path.slice(0, mostPath), name];
          return this.environment.variableOf(object, name, false) ?? [{ ...object, path }];
        }
        case 'dictionary':
          return object.entries.get(name) ?? [unknown];
        case 'module':
          return this.defined(object.module, name);
        case 'class':
        case 'instance':
          return instanceMember(this, object, name);
        case 'text':
        case 'template':
          return name === 'value' || name === 'href' ? [object] : [unknown];
        default:
          return [unknown];
      }
    });
  }

  /** What a function returns. */
  returned(callable: Callable, module: Module, frame: Frame): readonly Value[] {
    if (this.#frames.has(callable)) {
      this.#cuts++;
      return [unknown];
    }
    const inside = scopesOf(module).inner.get(callable);
    if (inside === undefined) return [unknown];
    this.#frames.set(callable, frame);
    const found = this.#returns(inside);
    this.#frames.delete(callable);
    return found;
  }

  #returns(inside: Scope): readonly Value[] {
    const found: Value[] = [];
    for (const { value, when } of inside.returns.slice(0, mostReturns)) {
      if (!this.#holds(when, inside)) continue;
      found.push(...(value === undefined ? [constantValue(null)] : this.values(value, inside)));
      if (this.#isCertain(when, inside)) break;
    }
    return found.length === 0 ? [unknown] : found;
  }

  #isCertain(when: Condition | undefined, scope: Scope): boolean {
    for (let each = when; each !== undefined; each = each.parent) {
      if (each.test === undefined || truthOf(this.values(each.test, scope)) !== each.side) return false;
    }
    return true;
  }
}
