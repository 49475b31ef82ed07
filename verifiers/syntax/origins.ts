import { bindingsOf, definesName, type Binding } from './bindings.ts';
import type { Import, Module, Resolution, Target } from './types.ts';

/** @param imported a name that is taken from the module; it may mean a module of a Python package */
type Resolve = (from: Module, specifier: string, imported?: string) => Resolution;

/** Files that pass a thing on are followed so far; people stay below five. */
const mostSteps = 50;

/** A search for a definition: what was looked at, and the files that passed it on. */
interface Search {
  seen: Set<string>;
  via: string[];
}

/** Follows imports through files that pass things on to the file that defines them. Circles end the search. */
export class Origins {
  readonly #modules: ReadonlyMap<string, Module>;
  readonly #resolve: Resolve;

  constructor(modules: ReadonlyMap<string, Module>, resolve: Resolve) {
    this.#modules = modules;
    this.#resolve = resolve;
  }

  /** See `Project.targets`. */
  targets(from: Module, imported: Import): Target[] {
    const names = imported.names.length === 0 ? ['*'] : imported.names.map((one) => one.imported);
    return [...new Set(names)].map((name) =>
      this.#follow(from, { import: imported, imported: name }, start()),
    );
  }

  /** See `Project.origin`. */
  origin(from: Module, name: string): Target | undefined {
    const binding = bindingsOf(from).get(name);
    if (binding !== undefined) return this.#follow(from, binding, start());
    if (from.language !== 'python' || definesName(from, name)) return undefined;
    return this.#throughStars(from, name, { seen: new Set(), via: [] });
  }

  /** What a name that an import binds leads to. */
  #follow(from: Module, binding: Binding, search: Search): Target {
    const { import: imported, imported: name } = binding;
    const resolution = this.#resolve(from, imported.specifier);
    const python = from.language === 'python';
    if (resolution.kind === 'file') {
      const { path } = resolution;
      if (name === '*')
        return (imported.form === 'require' && this.#wholeOf(path, search)) || whole(path, search);
      const found = this.#find(path, name, search);
      if (found !== undefined) return found;
    }
    if (python && name !== '*') {
      const inner = this.#resolve(from, imported.specifier, name);
      if (inner.kind === 'file' && !(resolution.kind === 'file' && resolution.path === inner.path))
        return whole(inner.path, search);
    }
    return { resolution, name, via: search.via };
  }

  /** What `require` gives of a file that exports another module as its own. */
  #wholeOf(path: string, search: Search): Target | undefined {
    const found = this.#find(path, 'default', { seen: new Set(search.seen), via: [...search.via] });
    if (found === undefined || (found.resolution.kind === 'file' && found.resolution.path === path))
      return undefined;
    return found.name === 'default' ? { ...found, name: '*' } : found;
  }

  /** The definition of a name that a file has or passes on; undefined when it does not say. */
  #find(path: string, name: string, search: Search): Target | undefined {
    const key = `${name}\0${path}`;
    if (search.seen.has(key) || search.via.length >= mostSteps) return undefined;
    search.seen.add(key);
    const module = this.#modules.get(path);
    if (module === undefined) return undefined;
    return module.language === 'python'
      ? this.#findPython(module, name, search)
      : this.#findScript(module, name, search);
  }

  #findScript(module: Module, name: string, search: Search): Target | undefined {
    const exported = module.exports.find((one) => one.exported === name);
    if (exported !== undefined) {
      if (exported.from !== undefined) return this.#passOn(module, exported.from, exported.local, search);
      const binding = bindingsOf(module).get(exported.local);
      return binding === undefined
        ? here(module, exported.local === '' ? name : exported.local, search)
        : this.#follow(module, binding, through(search, module));
    }
    if (name === 'default') return undefined;
    let outside: Target | undefined;
    for (const star of module.exports) {
      if (star.exported !== '*' || star.from === undefined) continue;
      const resolution = this.#resolve(module, star.from);
      const next = through(search, module);
      if (resolution.kind === 'file') {
        const found = this.#find(resolution.path, name, next);
        if (found !== undefined) return found;
      } else if (resolution.kind === 'package') outside ??= { resolution, name, via: next.via };
    }
    return outside;
  }

  /** `export { local } from specifier`. */
  #passOn(module: Module, specifier: string, local: string, search: Search): Target {
    const resolution = this.#resolve(module, specifier);
    const next = through(search, module);
    if (resolution.kind !== 'file') return { resolution, name: local, via: next.via };
    if (local === '*') return whole(resolution.path, next);
    return this.#find(resolution.path, local, next) ?? { resolution, name: local, via: next.via };
  }

  #findPython(module: Module, name: string, search: Search): Target | undefined {
    const binding = bindingsOf(module).get(name);
    if (binding !== undefined && !binding.import.deferred)
      return this.#follow(module, binding, through(search, module));
    if (definesName(module, name)) return here(module, name, search);
    return this.#throughStars(module, name, through(search, module));
  }

  /** A name that `from x import *` may bring. */
  #throughStars(module: Module, name: string, search: Search): Target | undefined {
    for (const imported of module.imports) {
      if (imported.deferred || !imported.names.some((one) => one.imported === '*')) continue;
      const resolution = this.#resolve(module, imported.specifier);
      if (resolution.kind !== 'file') continue;
      const found = this.#find(resolution.path, name, search);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function start(): Search {
  return { seen: new Set(), via: [] };
}

function through(search: Search, module: Module): Search {
  return { seen: search.seen, via: [...search.via, module.path] };
}

function here(module: Module, name: string, search: Search): Target {
  return { resolution: { kind: 'file', path: module.path }, name, via: search.via };
}

function whole(path: string, search: Search): Target {
  return { resolution: { kind: 'file', path }, name: '*', via: search.via };
}
