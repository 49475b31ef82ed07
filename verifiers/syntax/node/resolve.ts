import { folderOf, joinPath, pathFrom } from '../paths.ts';
import type { Resolution } from '../types.ts';
import { matchPattern, NodeConfig } from './config.ts';
import { isObject, property } from './json.ts';

const scriptExtensions = ['.js', '.mjs', '.cjs', '.jsx'];
const typeExtensions = ['.ts', '.tsx', '.mts', '.cts'];
/** TypeScript's files that a specifier with a JavaScript extension is written for. */
const written = new Map([
  ['.js', ['.ts', '.tsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
  ['.jsx', ['.tsx']],
]);

/** Conditions of `exports` and `imports` objects that are taken; the first that leads to a file decides. */
const conditions = ['development', 'import', 'require', 'node', 'module', 'types', 'default'];
/** Levels of such objects that are read. */
const mostLevels = 10;

/** Finds the files that specifiers of JavaScript and TypeScript mean, as Node, TypeScript and bundlers do. */
export class NodeResolver {
  readonly #files: ReadonlySet<string>;
  readonly #config: NodeConfig;

  /**
   * @param files paths of the submission
   * @param read text of a file by its path
   */
  constructor(files: ReadonlySet<string>, read: (path: string) => string | undefined) {
    this.#files = files;
    this.#config = new NodeConfig(read);
  }

  /** @param from path of the file that imports */
  resolve(from: string, specifier: string): Resolution {
    const [plain = ''] = specifier.split('?', 1);
    const folder = folderOf(from);
    const types = typeExtensions.some((extension) => from.endsWith(extension));
    if (/^\.\.?(?:\/|$)/.test(plain)) return this.#toFile(pathFrom(folder, plain), specifier, types);
    if (plain.startsWith('/')) return this.#toFile(pathFrom('', plain), specifier, types);
    const found = plain.startsWith('#')
      ? this.#internal(folder, plain, types)
      : this.#alias(folder, plain, types);
    if (found !== undefined) return { kind: 'file', path: found };
    const name = packageName(plain);
    return name === undefined ? { kind: 'missing', name: specifier } : { kind: 'package', name };
  }

  /** The file that a path without its extension, or of a folder, means. */
  find(path: string, types = false, depth = 0): string | undefined {
    if (this.#files.has(path)) return path;
    const dot = path.lastIndexOf('.');
    for (const extension of written.get(path.slice(dot)) ?? []) {
      const candidate = path.slice(0, dot) + extension;
      if (this.#files.has(candidate)) return candidate;
    }
    const extensions = types
      ? [...typeExtensions, ...scriptExtensions, '.json']
      : [...scriptExtensions, ...typeExtensions, '.json'];
    for (const extension of extensions) if (this.#files.has(path + extension)) return path + extension;
    const main = property(this.#config.packageIn(path), 'main');
    if (typeof main === 'string' && depth < 2) {
      const target = pathFrom(path, main);
      const found = target === undefined || target === path ? undefined : this.find(target, types, depth + 1);
      if (found !== undefined) return found;
    }
    const index = joinPath(path, 'index');
    const extension = extensions.find((each) => this.#files.has(index + each));
    return extension === undefined ? undefined : index + extension;
  }

  #toFile(path: string | undefined, specifier: string, types: boolean): Resolution {
    const found = path === undefined ? undefined : this.find(path, types);
    return found === undefined ? { kind: 'missing', name: specifier } : { kind: 'file', path: found };
  }

  /** `#models/user` by `imports` of package.json. */
  #internal(folder: string, specifier: string, types: boolean): string | undefined {
    const nearest = this.#config.packageOf(folder);
    if (nearest === undefined) return undefined;
    const mapped = this.#mapped(nearest.folder, property(nearest.json, 'imports'), specifier, types);
    return mapped ?? this.#alias(folder, specifier, types);
  }

  #alias(folder: string, specifier: string, types: boolean): string | undefined {
    for (const { pattern, targets } of this.#config.aliasesFor(folder)) {
      const star = matchPattern(pattern, specifier);
      if (star === undefined) continue;
      for (const target of targets) {
        const found = this.find(
          target.replace('*', () => star),
          types,
        );
        if (found !== undefined) return found;
      }
    }
    return this.#ownPackage(folder, specifier, types) ?? this.#localPackage(folder, specifier, types);
  }

  /** The package's own name, as its `exports` map it. */
  #ownPackage(folder: string, specifier: string, types: boolean): string | undefined {
    const nearest = this.#config.packageOf(folder);
    const name = property(nearest?.json, 'name');
    if (nearest === undefined || typeof name !== 'string' || name === '') return undefined;
    if (specifier !== name && !specifier.startsWith(`${name}/`)) return undefined;
    const exported = property(nearest.json, 'exports');
    const map = isObject(exported) && Object.keys(exported).some((key) => key.startsWith('.'));
    const subpath = `.${specifier.slice(name.length)}`;
    return this.#mapped(nearest.folder, map ? exported : { '.': exported }, subpath, types);
  }

  /** A dependency `file:./lib`, and what NODE_PATH may hold: a path from the submission's folder. */
  #localPackage(folder: string, specifier: string, types: boolean): string | undefined {
    const name = packageName(specifier);
    const nearest = this.#config.packageOf(folder);
    const version = name === undefined ? undefined : property(property(nearest?.json, 'dependencies'), name);
    if (nearest !== undefined && name !== undefined && typeof version === 'string') {
      const local = /^(?:file|link):(.*)$/.exec(version)?.[1];
      const target =
        local === undefined ? undefined : pathFrom(nearest.folder, local + specifier.slice(name.length));
      return target === undefined ? undefined : this.find(target, types);
    }
    const path = specifier.includes('/') && !specifier.includes(':') ? pathFrom('', specifier) : undefined;
    return path === undefined ? undefined : this.find(path, types);
  }

  #mapped(folder: string, map: unknown, specifier: string, types: boolean): string | undefined {
    if (!isObject(map)) return undefined;
    const entries = Object.entries(map).sort(([a], [b]) => b.indexOf('*') - a.indexOf('*'));
    const exact = entries.filter(([pattern]) => pattern === specifier);
    for (const [pattern, value] of [...exact, ...entries]) {
      const star = matchPattern(pattern, specifier);
      if (star === undefined) continue;
      for (const target of targetsOf(value, mostLevels)) {
        const path = pathFrom(
          folder,
          target.replace('*', () => star),
        );
        const found = path === undefined ? undefined : this.find(path, types);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

/** Paths in a value of `exports` or `imports`, by the order of the conditions. */
function targetsOf(value: unknown, left: number): string[] {
  if (typeof value === 'string') return [value];
  if (left === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => targetsOf(item, left - 1));
  if (!isObject(value)) return [];
  return conditions.flatMap((condition) => targetsOf(property(value, condition), left - 1));
}

/** `@scope/name` or `name` of a bare specifier; undefined when it can be no package's: `@/db`, `~/db`, `#db`. */
function packageName(specifier: string): string | undefined {
  const [first = '', second = ''] = specifier.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return /^(?:@[\w.~-]+\/)?[\w.:][\w.:~-]*$/.test(name) ? name : undefined;
}
