import { folderOf, foldersUpwards, joinPath, pathFrom } from '../paths.ts';
import { isObject, property, readJson, type JsonObject } from './json.ts';

/** What a specifier may be written for; `*` stands for the same text on both sides. */
export interface Alias {
  pattern: string;
  /** Paths of the submission in the order in which they are tried. */
  targets: string[];
}

/** tsconfig.json files that extend each other are followed so far. */
const mostExtends = 10;

/** Configuration of a submission that decides what specifiers mean. */
export class NodeConfig {
  readonly #read: (path: string) => string | undefined;
  readonly #json = new Map<string, JsonObject | undefined>();
  readonly #aliases = new Map<string, Alias[]>();

  /** @param read text of a file by its path; undefined when there is none */
  constructor(read: (path: string) => string | undefined) {
    this.#read = read;
  }

  /** The nearest package.json around a folder, with its folder. */
  packageOf(folder: string): { folder: string; json: JsonObject } | undefined {
    for (const each of foldersUpwards(folder)) {
      const json = this.#parse(joinPath(each, 'package.json'));
      if (json !== undefined) return { folder: each, json };
    }
    return undefined;
  }

  /** A folder's own package.json. */
  packageIn(folder: string): JsonObject | undefined {
    return this.#parse(joinPath(folder, 'package.json'));
  }

  /** Aliases for bare specifiers in a folder: of tsconfig.json or jsconfig.json, and `_moduleAliases`. */
  aliasesFor(folder: string): Alias[] {
    const known = this.#aliases.get(folder);
    if (known !== undefined) return known;
    const found = [...this.#compilerAliases(folder), ...this.#moduleAliases(folder)];
    this.#aliases.set(folder, found);
    return found;
  }

  #compilerAliases(folder: string): Alias[] {
    for (const each of foldersUpwards(folder)) {
      for (const name of ['tsconfig.json', 'jsconfig.json']) {
        const path = joinPath(each, name);
        if (this.#parse(path) !== undefined) return this.#aliasesIn(path, mostExtends);
      }
    }
    return [];
  }

  #aliasesIn(path: string, left: number): Alias[] {
    const json = this.#parse(path);
    if (json === undefined || left === 0) return [];
    const folder = folderOf(path);
    const options = property(json, 'compilerOptions');
    const baseUrl = property(options, 'baseUrl');
    const base = typeof baseUrl === 'string' ? pathFrom(folder, baseUrl) : undefined;
    const paths = property(options, 'paths');
    const own: Alias[] = isObject(paths)
      ? Object.entries(paths).map(([pattern, targets]) => ({
          pattern,
          targets: strings(targets).flatMap((target) => pathFrom(base ?? folder, target) ?? []),
        }))
      : [];
    if (base !== undefined) own.push({ pattern: '*', targets: [joinPath(base, '*')] });
    if (own.length > 0) return own.sort((a, b) => fixedLength(b.pattern) - fixedLength(a.pattern));
    for (const parent of strings(property(json, 'extends')).reverse()) {
      if (!parent.startsWith('.')) continue;
      const named = pathFrom(folder, parent.endsWith('.json') ? parent : `${parent}.json`);
      const inherited = named === undefined ? [] : this.#aliasesIn(named, left - 1);
      if (inherited.length > 0) return inherited;
    }
    return [];
  }

  #moduleAliases(folder: string): Alias[] {
    const nearest = this.packageOf(folder);
    const aliases = property(nearest?.json, '_moduleAliases');
    if (nearest === undefined || !isObject(aliases)) return [];
    return Object.entries(aliases).flatMap(([pattern, target]) => {
      const path = typeof target === 'string' ? pathFrom(nearest.folder, target) : undefined;
      if (path === undefined) return [];
      return [
        { pattern, targets: [path] },
        { pattern: `${pattern}/*`, targets: [joinPath(path, '*')] },
      ];
    });
  }

  #parse(path: string): JsonObject | undefined {
    if (this.#json.has(path)) return this.#json.get(path);
    const text = this.#read(path);
    const json = text === undefined ? undefined : readJson(text);
    this.#json.set(path, json);
    return json;
  }
}

/** What `*` stands for when a pattern fits a specifier; empty when it has none; undefined when it does not fit. */
export function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === specifier ? '' : undefined;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  const fits =
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

/** The strings of a value that may be one or a list of them. */
function strings(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}

/** TypeScript takes the pattern with the longest text before the star; one without a star comes first. */
function fixedLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star === -1 ? Infinity : star;
}
