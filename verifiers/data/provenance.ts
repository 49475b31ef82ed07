import type {
  Callable,
  Class,
  Expression,
  Module,
  Parameter,
  Project,
  Statement,
  Target,
} from '../syntax/types.ts';
import { walk } from '../syntax/walk.ts';
import { isDataPackage } from './drivers.ts';
import { definitionsOf, gatherProperties, gatherValues, type Definition } from './definitions.ts';

/** What a value comes of. */
export type Origin =
  /** A package's: `['Pool', '()', 'query']` of `new Pool().query`; `await` and `default` leave no mark. */
  | { kind: 'package'; name: string; path: readonly string[] }
  | { kind: 'module'; module: Module }
  | { kind: 'class'; module: Module; value: Class }
  | { kind: 'instance'; module: Module; value: Class }
  | { kind: 'callable'; module: Module; value: Callable }
  /** A dictionary or a list. */
  | { kind: 'value'; module: Module; value: Expression };

const mostOrigins = 24;
const mostPath = 12;
/** Expressions inside expressions and names that lead to names are followed so deep. */
const mostDepth = 150;

/** Follows values through names, files, functions and classes back to the packages that they are made with. */
export class Provenance {
  readonly #project: Project;
  readonly #modules: readonly Module[];
  readonly #known = new Map<Expression, readonly Origin[]>();
  #properties: Map<string, [Module, Expression][]> | undefined;
  #values: Map<string, [Module, Definition][]> | undefined;
  #depth = 0;

  /** @param modules of the running code, of which properties with the same name are taken for each other */
  constructor(project: Project, modules: readonly Module[]) {
    this.#project = project;
    this.#modules = modules;
  }

  /** Where a value may come from; empty when that is not known. */
  of(module: Module, expression: Expression): readonly Origin[] {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    if (this.#depth >= mostDepth) return [];
    this.#known.set(expression, []);
    this.#depth++;
    const found = distinct(this.#read(module, expression));
    this.#depth--;
    this.#known.set(expression, found);
    return found;
  }

  /** The origins of what a module exports, or defines, under a name. */
  named(module: Module, name: string): readonly Origin[] {
    return distinct(this.#defined(module, name));
  }

  #read(module: Module, expression: Expression): Origin[] {
    switch (expression.kind) {
      case 'name':
        return this.#name(module, expression.name);
      case 'member':
        return this.#member(module, expression.object, expression.name);
      case 'index': {
        const { object, index } = expression;
        if (index.kind === 'text') return this.#member(module, object, index.value);
        if ((object.kind === 'name' || object.kind === 'member') && typeForms.has(object.name)) {
          const [type = index] = index.kind === 'list' ? index.items : [];
          return [...this.of(module, type)];
        }
        return this.of(module, object).flatMap((origin) => (origin.kind === 'package' ? [origin] : []));
      }
      case 'call':
        return this.#call(module, expression);
      case 'operation':
        return expression.operands.flatMap((operand) => this.of(module, operand));
      case 'conditional':
        return [expression.then, expression.otherwise].flatMap((side) => this.of(module, side));
      case 'callable':
        return [{ kind: 'callable', module, value: expression }];
      case 'class':
        return [{ kind: 'class', module, value: expression }];
      case 'other': {
        const last = expression.children.at(-1);
        return last === undefined ? [] : [...this.of(module, last)];
      }
      case 'dictionary':
      case 'list':
        return [{ kind: 'value', module, value: expression }];
      default:
        return [];
    }
  }

  #name(module: Module, name: string): Origin[] {
    const target = this.#project.origin(module, name);
    const imported = target === undefined ? [] : this.#target(target);
    return [...imported, ...this.#local(module, name)];
  }

  #target({ resolution, name }: Target): Origin[] {
    if (resolution.kind === 'package') {
      const isWhole = name === '*' || name === 'default' || name === '';
      return [{ kind: 'package', name: resolution.name, path: isWhole ? [] : [name] }];
    }
    if (resolution.kind !== 'file') return [];
    const module = this.#project.modules.get(resolution.path);
    if (module === undefined) return [];
    return name === '*' ? [{ kind: 'module', module }] : this.#defined(module, name);
  }

  #defined(module: Module, name: string): Origin[] {
    const exported = module.exports.filter((one) => one.exported === name && one.from === undefined);
    const locals = new Set(exported.map((one) => one.local).filter((local) => local !== ''));
    if (locals.size === 0) {
      const own = this.#local(module, name);
      if (own.length > 0) return own;
      const properties = definitionsOf(module).properties.get(name === 'default' ? 'exports' : name) ?? [];
      return properties.flatMap((value) => this.of(module, value));
    }
    return [...locals].flatMap((local) => this.#name(module, local));
  }

  #local(module: Module, name: string): Origin[] {
    const definitions = definitionsOf(module).names.get(name) ?? [];
    return definitions.slice(0, mostOrigins).flatMap((definition) => this.#definition(module, definition));
  }

  #definition(module: Module, definition: Definition): Origin[] {
    switch (definition.kind) {
      case 'declaration':
        return [...this.of(module, definition.value)];
      case 'parameter':
        return this.#parameter(module, definition.parameter);
      case 'value': {
        let origins: Origin[] = [...this.of(module, definition.value)];
        for (const name of definition.path) origins = origins.flatMap((origin) => this.#part(origin, name));
        return origins;
      }
    }
  }

  /** A parameter is what its annotation says or its default gives: `db: Session = Depends(get_db)`. */
  #parameter(module: Module, parameter: Parameter): Origin[] {
    const { annotation, annotationValue } = parameter;
    const byDefault = parameter.default === undefined ? [] : this.of(module, parameter.default);
    const type =
      annotationValue !== undefined
        ? this.of(module, annotationValue)
        : /^[A-Za-z_$][\w$]*$/.test(annotation)
          ? this.#name(module, annotation)
          : [];
    const found = [...byDefault, ...type.flatMap((origin) => this.#called(origin))];
    return found.length > 0 || parameter.name === '' ? found : this.#namesake(parameter.name);
  }

  /** What a parameter is given that says nothing of itself: a database that goes by the same name elsewhere. */
  #namesake(name: string): Origin[] {
    this.#values ??= gatherValues(this.#modules);
    const values = this.#values.get(name) ?? [];
    return values
      .slice(0, mostOrigins)
      .flatMap(([module, definition]) => this.#definition(module, definition))
      .filter((origin) => origin.kind === 'package' && isDataPackage(origin.name));
  }

  #member(module: Module, object: Expression, name: string): Origin[] {
    const origins = this.of(module, object);
    const found = origins.flatMap((origin) => this.#part(origin, name));
    const isSure = found.some((origin) => origin.kind !== 'package' || isDataPackage(origin.name));
    return isSure ? found : [...found, ...this.#property(name)];
  }

  /** What is anywhere set under this name on whatever object: `app.state.db`, `this.pool`, `request.app['db']`. */
  #property(name: string): Origin[] {
    this.#properties ??= gatherProperties(this.#modules);
    const values = this.#properties.get(name) ?? [];
    return values.slice(0, mostOrigins).flatMap(([module, value]) => this.of(module, value));
  }

  #part(origin: Origin, name: string): Origin[] {
    switch (origin.kind) {
      case 'package':
        if (name === 'default' || origin.path.length >= mostPath) return [origin];
        return [{ ...origin, path: [...origin.path, name] }];
      case 'module':
        return this.#defined(origin.module, name);
      case 'class':
      case 'instance':
        return this.#classPart(origin.module, origin.value, name);
      case 'value':
        return origin.value.kind === 'dictionary'
          ? origin.value.entries
              .filter(({ key }) => key?.kind === 'text' && key.value === name)
              .flatMap(({ value }) => this.of(origin.module, value))
          : [];
      case 'callable':
        return [];
    }
  }

  #classPart(module: Module, value: Class, name: string): Origin[] {
    for (const statement of value.body) {
      if (statement.kind === 'declare' && statement.value.name === name)
        return [...this.of(module, statement.value)];
      if (statement.kind !== 'assign' || statement.value === undefined) continue;
      const isNamed = statement.targets.some((target) => target.kind === 'name' && target.name === name);
      if (isNamed) return [...this.of(module, statement.value)];
    }
    const own = definitionsOf(module).properties.get(name) ?? [];
    if (own.length > 0) return own.flatMap((set) => this.of(module, set));
    // What a class has of a package's class is that package's: `Article.findAll`.
    return value.bases.flatMap((base) =>
      this.of(module, base).flatMap((origin) => (sameClass(origin, value) ? [] : this.#part(origin, name))),
    );
  }

  #call(module: Module, { callee, args }: Expression & { kind: 'call' }): Origin[] {
    const [first] = args;
    const loaded = first === undefined ? [] : this.#loaded(module, callee, first.value);
    if (loaded.length > 0) return loaded;
    const callees = this.of(module, callee);
    return callees.flatMap((origin) => {
      const isGiven =
        origin.kind === 'package' && passesOn.has(origin.path.at(-1) ?? '') && first !== undefined;
      if (isGiven) return this.of(module, first.value).flatMap((given) => this.#called(given));
      return this.#called(origin);
    });
  }

  /** `require('pg')`, `await import('pg')`, `importlib.import_module('pkg.db')`. */
  #loaded(module: Module, callee: Expression, specifier: Expression): Origin[] {
    const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
    if (!loaders.has(name) || specifier.kind !== 'text') return [];
    const resolution = this.#project.resolve(module, specifier.value);
    if (resolution.kind === 'package') return [{ kind: 'package', name: resolution.name, path: [] }];
    const loaded = resolution.kind === 'file' ? this.#project.modules.get(resolution.path) : undefined;
    if (loaded === undefined) return [];
    const whole = name === 'require' ? this.#defined(loaded, 'default') : [];
    return [...whole, { kind: 'module', module: loaded }];
  }

  #called(origin: Origin): Origin[] {
    switch (origin.kind) {
      case 'package':
        return origin.path.length >= mostPath ? [origin] : [{ ...origin, path: [...origin.path, '()'] }];
      case 'class':
        return [{ ...origin, kind: 'instance' }];
      case 'callable':
        return returnsOf(origin.value).flatMap((value) => this.of(origin.module, value));
      default:
        return [];
    }
  }
}

/** `Annotated[Session, Depends(…)]`, `Optional[Session]`. */
const typeForms = new Set(['Annotated', 'Optional']);

const loaders = new Set(['require', 'import', 'import_module', '__import__']);

/** Functions of packages that call what they are given and hand on what that gives. */
const passesOn = new Set([
  'Depends',
  'asynccontextmanager',
  'contextmanager',
  'lru_cache',
  'cache',
  'promisify',
]);

const returns = new WeakMap<Callable, Expression[]>();

/** What a function returns or yields, functions inside it left out. */
function returnsOf(callable: Callable): Expression[] {
  const kept = returns.get(callable);
  if (kept !== undefined) return kept;
  const found: Expression[] = [];
  const keepOut = (statement: Statement) => statement.kind !== 'declare';
  walk(callable.body, {
    statement: (statement) => {
      if (statement.kind === 'return' && statement.value !== undefined) found.push(statement.value);
      return keepOut(statement);
    },
    expression: (expression) => {
      if (expression.kind === 'other' && expression.what === 'yield') found.push(...expression.children);
      return expression.kind !== 'callable' && expression.kind !== 'class';
    },
  });
  returns.set(callable, found);
  return found;
}

function sameClass(origin: Origin, value: Class): boolean {
  return (origin.kind === 'class' || origin.kind === 'instance') && origin.value === value;
}

function distinct(origins: readonly Origin[]): Origin[] {
  const seen = new Set<unknown>();
  const found: Origin[] = [];
  for (const origin of origins) {
    const key = keyOf(origin);
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(origin);
    if (found.length >= mostOrigins) break;
  }
  return found;
}

function keyOf(origin: Origin): unknown {
  switch (origin.kind) {
    case 'package':
      return `${origin.name}\0${origin.path.join('\0')}`;
    case 'instance':
      // A class and its instances are two things, and the class itself is the other's key.
      return origin.value.body;
    case 'module':
      return origin.module;
    default:
      return origin.value;
  }
}
