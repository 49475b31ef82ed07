import type { Source } from '../sources.ts';
import { isForeign } from '../entry/kinds.ts';
import { engineOfDependency } from './drivers.ts';
import type { Engine } from './engines.ts';

/** An entry of a dependency file. */
export interface Dependency {
  /** In lower case, with `-`, as Python's index has it; npm's as it is. */
  readonly name: string;
  readonly file: string;
  /** Offset into the file. */
  readonly at: number;
  /** The one engine that the package is a driver of. */
  readonly engine: Engine | undefined;
}

/** Reads package.json, requirements files, pyproject.toml and Pipfile. Dependencies for development are left out. */
export function readDependencies(sources: readonly Source[]): Dependency[] {
  return sources
    .filter(({ path }) => !isForeign(path))
    .flatMap((source) => {
      const name = source.path.slice(source.path.lastIndexOf('/') + 1);
      if (name === 'package.json') return readPackage(source);
      if (/^requirements.*\.(?:txt|in)$/.test(name) && !/dev|test/.test(name))
        return readRequirements(source);
      return name === 'pyproject.toml' || name === 'Pipfile' ? readToml(source) : [];
    });
}

function readPackage(source: Source): Dependency[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source.text);
  } catch {
    return [];
  }
  const groups = ['dependencies', 'optionalDependencies', 'peerDependencies'];
  const names = groups.flatMap((group) => keysOf(property(parsed, group)));
  return names.map((name) => ({
    name,
    file: source.path,
    at: Math.max(0, source.text.indexOf(JSON.stringify(name))),
    engine: engineOfDependency(name, false),
  }));
}

function readRequirements(source: Source): Dependency[] {
  return [...source.text.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]{0,100})/gm)].map(({ 1: name = '', index }) =>
    python(name, source, index),
  );
}

/** Every quoted requirement and every key: enough to say that a name is declared. */
function readToml(source: Source): Dependency[] {
  const pattern = /^[ \t]*(?:["']([A-Za-z0-9][\w.-]{0,100})|([A-Za-z0-9][\w.-]{0,100})[ \t]*=)/gm;
  return [...source.text.matchAll(pattern)].map(({ 1: quoted, 2: key, index }) =>
    python(quoted ?? key ?? '', source, index),
  );
}

function python(name: string, source: Source, at: number): Dependency {
  const normal = name.toLowerCase().replaceAll(/[._]/g, '-');
  return { name: normal, file: source.path, at, engine: engineOfDependency(normal, true) };
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
