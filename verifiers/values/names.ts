import type { Expression, Import, Module, Project, Resolution } from '../syntax/types.ts';
import type { Evaluator } from './evaluate.ts';
import { readJson } from './json.ts';
import type { Use } from './scope.ts';
import { scopesOf } from './scopes.ts';
import { distinct, unknown, type Value } from './value.ts';

/** Files that a name is followed through. */
const mostHops = 50;

/** Follows names from module to module. */
export class Names {
  readonly #project: Project;
  #hops = 0;
  readonly #evaluator: Evaluator;

  constructor(project: Project, evaluator: Evaluator) {
    this.#project = project;
    this.#evaluator = evaluator;
  }

  /** The values of a global of a module, whether it is defined there or imported. */
  global(module: Module, name: string, use?: Use): readonly Value[] {
    const bindings = scopesOf(module).module.names.get(name);
    const target = this.#project.origin(module, name);
    const imported = target === undefined ? [] : this.#target(target.resolution, target.name);
    if (bindings !== undefined) {
      const own = this.#evaluator.bound(bindings, use);
      // A module that is imported under a name, which is then given to something else when it is missing.
      return target?.resolution.kind === 'package' ? distinct([...imported, ...own]) : own;
    }
    if (target !== undefined) return imported;
    return [
      { kind: 'package', name: module.language === 'python' ? 'builtins' : 'globalThis', path: [name] },
    ];
  }

  #target(resolution: Resolution, name: string): readonly Value[] {
    if (resolution.kind === 'package') {
      const path = name === '*' || name === 'default' || name === '' ? [] : [name];
      return [{ kind: 'package', name: resolution.name.replace(/^node:/, ''), path }];
    }
    if (resolution.kind === 'missing') return [unknown];
    const module = this.#project.modules.get(resolution.path);
    if (module === undefined) {
      const data = readJson(this.#project.sources, resolution.path);
      return name === '*' || name === 'default' ? [data] : this.#evaluator.member([data], name);
    }
    if (name === '*') return [{ kind: 'module', module }];
    // Files may pass a name on in a circle, or on and on.
    if (this.#hops >= mostHops) return [unknown];
    this.#hops++;
    const found = this.defined(module, name);
    this.#hops--;
    return found;
  }

  /**
   * The module that a specifier leads to.
   * @param required whether what the module exports as a whole takes its place
   */
  loaded(from: Module, specifier: string, required: boolean): readonly Value[] {
    const resolution = this.#project.resolve(from, specifier);
    const module = resolution.kind === 'file' ? this.#project.modules.get(resolution.path) : undefined;
    if (required && module !== undefined && scopesOf(module).module.names.has('module.exports')) {
      return this.defined(module, 'default');
    }
    return this.#target(resolution, '*');
  }

  /** What a module defines or exports under a name. */
  defined(module: Module, name: string): readonly Value[] {
    if (module.language === 'python') return this.global(module, name);
    const { names } = scopesOf(module).module;
    const exported = module.exports.find((one) => one.exported === name);
    if (exported?.from !== undefined) {
      return this.#target(this.#project.resolve(module, exported.from), exported.local);
    }
    const assigned =
      names.get(`exports.${name}`) ?? (name === 'default' ? names.get('module.exports') : undefined);
    const local = exported === undefined || exported.local === '' ? name : exported.local;
    if (names.has(local)) return this.global(module, local);
    if (assigned !== undefined) return this.#evaluator.bound(assigned);
    const whole = names.get('module.exports') ?? names.get('default');
    if (whole !== undefined && name !== 'default')
      return this.#evaluator.member(this.#evaluator.bound(whole), name);
    return exported === undefined ? [unknown] : this.global(module, local);
  }

  /** `import a.b` binds `a`; `a.b` then means the module. Undefined for any other member. */
  dottedModule(expression: Expression & { kind: 'member' }, module: Module): readonly Value[] | undefined {
    const dotted = dottedImports(module);
    if (dotted.size === 0) return undefined;
    const specifier = dottedName(expression);
    if (specifier === undefined || !dotted.has(specifier)) return undefined;
    const resolution = this.#project.resolve(module, specifier);
    return resolution.kind === 'file' ? this.#target(resolution, '*') : undefined;
  }
}

const dottedImportsOf = new WeakMap<Module, ReadonlySet<string>>();

function dottedImports(module: Module): ReadonlySet<string> {
  const known = dottedImportsOf.get(module);
  if (known !== undefined) return known;
  const isDotted = (one: Import) => one.whole !== undefined && one.specifier.startsWith(`${one.whole}.`);
  const found = module.language === 'python' ? module.imports.filter(isDotted) : [];
  const specifiers = new Set(found.map((one) => one.specifier));
  dottedImportsOf.set(module, specifiers);
  return specifiers;
}

function dottedName(expression: Expression): string | undefined {
  const names: string[] = [];
  let each = expression;
  while (each.kind === 'member') {
    names.unshift(each.name);
    each = each.object;
  }
  return each.kind === 'name' ? [each.name, ...names].join('.') : undefined;
}
