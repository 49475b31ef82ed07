import { isCode, isForeign } from '../entry/kinds.ts';
import type { Source } from '../sources.ts';
import { parseJavascript } from './javascript/index.ts';
import { NodeResolver } from './node/resolve.ts';
import { Origins } from './origins.ts';
import { parsePython } from './python/parse.ts';
import { resolvePythonModule } from './python/resolve.ts';
import type { Import, Module, Project, Resolution, Target } from './types.ts';

/**
 * Parses the code of a submission: .py, .js, .mjs, .cjs, .jsx, .ts, .mts, .cts, .tsx; declaration files,
 * node_modules and virtual environments are left out.
 */
export function readProject(sources: readonly Source[]): Project {
  return new SubmissionProject(sources);
}

class SubmissionProject implements Project {
  readonly modules: ReadonlyMap<string, Module>;
  readonly #files: ReadonlySet<string>;
  readonly #node: NodeResolver;
  readonly #origins: Origins;
  readonly #resolved = new Map<string, Resolution>();
  readonly #targets = new WeakMap<Import, Target[]>();
  readonly #named = new WeakMap<Module, Map<string, Target | undefined>>();

  constructor(readonly sources: readonly Source[]) {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    this.#files = new Set(sources.map(({ path }) => path).filter((path) => !isForeign(path)));
    this.#node = new NodeResolver(this.#files, (path) => byPath.get(path)?.text);
    const code = sources.filter(({ path }) => isCode(path) && !isForeign(path));
    this.modules = new Map(code.map((source) => [source.path, parse(source)]));
    this.#origins = new Origins(this.modules, (from, specifier, name) =>
      this.#resolve(from, specifier, name),
    );
  }

  resolve(from: Module, specifier: string): Resolution {
    return this.#resolve(from, specifier);
  }

  targets(from: Module, imported: Import): Target[] {
    const known = this.#targets.get(imported);
    if (known !== undefined) return known;
    const found = this.#origins.targets(from, imported);
    this.#targets.set(imported, found);
    return found;
  }

  origin(from: Module, name: string): Target | undefined {
    let known = this.#named.get(from);
    if (known === undefined) {
      known = new Map();
      this.#named.set(from, known);
    }
    const found = known.get(name);
    if (found !== undefined || known.has(name)) return found;
    const target = this.#origins.origin(from, name);
    known.set(name, target);
    return target;
  }

  #resolve(from: Module, specifier: string, imported?: string): Resolution {
    const key = [from.path, specifier, imported ?? ''].join('\0');
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const resolution =
      from.language === 'python'
        ? resolvePythonModule(this.#files, from.path, specifier, imported)
        : this.#node.resolve(from.path, specifier);
    this.#resolved.set(key, resolution);
    return resolution;
  }
}

function parse(source: Source): Module {
  return source.path.endsWith('.py') ? parsePython(source) : parseJavascript(source);
}
