import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import type { Source } from '../sources.ts';

export interface Layer {
  readonly name: string;
  /** A file imports nothing of a layer of higher rank. */
  readonly rank: number;
  /** Names of directories, in lower case, that make a file one of this layer. */
  readonly names: readonly string[];
}

/** In the order in which they are tried: the first that fits wins. */
const layers: readonly Layer[] = [
  { name: 'routes', rank: 3, names: ['routes', 'route', 'handlers', 'handler', 'routers', 'views'] },
  { name: 'services', rank: 2, names: ['services', 'service', 'usecases', 'use_cases'] },
  { name: 'models', rank: 0, names: ['models', 'model', 'entities', 'entity', 'domain'] },
  {
    name: 'repositories',
    rank: 1,
    names: ['repositories', 'repository', 'repos', 'data_access', 'data', 'dao', 'dal'],
  },
];

const layersNeeded = 3;

/**
 * What names an imported module, in its first group. All are tried on every file, whatever its language. None may
 * take more than linear time: the text is hostile.
 */
const importPatterns: readonly RegExp[] = [
  /^[^\S\n]*from\s+([\w.]+)\s+import/gm,
  /^[^\S\n]*import\s+([\w.]+)/gm,
  /require\(\s*['"]([^'"]+)['"]\s*\)/g,
];

const esmLine = /^[^\S\n]*import\s.*/gm;
const esmSource = /\sfrom\s+['"]([^'"]+)['"]/;

/** Findings that are kept; a submission may break the rule in a million lines. */
const mostFindings = 200;

/**
 * The architecture rule as the paper checks it: three of four layers have a directory, and no file of a layer
 * imports one of higher rank. Works on text; see README.md for the weaknesses that come with it.
 */
export function checkArchitecture(sources: readonly Source[]): RuleResult {
  const present = layers.filter((layer) =>
    sources.some((source) => overlaps(directories(source.path), layer)),
  );
  const findings = sources.flatMap(findUpwardImports).slice(0, mostFindings);
  if (present.length < layersNeeded) findings.unshift(missingLayers(present, sources));
  if (findings.length > 0) return { rule: 'architecture', compliant: false, findings };
  return {
    rule: 'architecture',
    compliant: true,
    findings: present.map((layer) => evidenceOf(layer, sources)),
  };
}

function findUpwardImports(source: Source): Finding[] {
  const own = layerOfFile(source.path);
  if (own === undefined) return [];
  return importsOf(source.text).flatMap(({ name, offset }) => {
    const target = layerOfImport(name);
    if (target === undefined || target.rank <= own.rank) return [];
    const message = `a file of the ${own.name} layer imports ${name} of the ${target.name} layer, which lies above it`;
    return [{ rule: 'architecture' as const, file: source.path, ...source.locate(offset), message }];
  });
}

/** The layer that a file is taken for, by any directory on its path. */
export function layerOfFile(path: string): Layer | undefined {
  return layerOf(directories(path));
}

/** The layer that an import is taken for, by any part of the module's path. */
export function layerOfImport(name: string): Layer | undefined {
  return layerOf(moduleParts(name));
}

interface Import {
  readonly name: string;
  /** Where the name begins. */
  readonly offset: number;
}

/** What is taken for imports, in the order of the text. */
export function importsOf(text: string): Import[] {
  const plain = importPatterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => toImport(match, 0));
  const esm = [...text.matchAll(esmLine)].flatMap((line) => {
    const match = esmSource.exec(line[0]);
    return match === null ? [] : [toImport(match, line.index)];
  });
  return [...plain, ...esm].sort((a, b) => a.offset - b.offset);
}

function toImport(match: RegExpExecArray, base: number): Import {
  const name = match[1] ?? '';
  return { name, offset: base + match.index + match[0].lastIndexOf(name) };
}

function layerOf(parts: readonly string[]): Layer | undefined {
  return layers.find((layer) => overlaps(parts, layer));
}

function overlaps(parts: readonly string[], layer: Layer): boolean {
  return parts.some((part) => layer.names.includes(part));
}

function directories(path: string): string[] {
  return path.toLowerCase().split('/').slice(0, -1);
}

/** Dots are read as slashes, so `models.views` has the parts `models` and `views`. */
function moduleParts(name: string): string[] {
  return name.toLowerCase().split(/[./]/);
}

function missingLayers(present: readonly Layer[], sources: readonly Source[]): Finding {
  const missing = layers.filter((layer) => !present.includes(layer)).map((layer) => layer.name);
  return {
    rule: 'architecture',
    file: sources[0]?.path ?? '',
    line: 1,
    column: 1,
    message:
      `only ${present.length} of 4 layers have a directory, ${layersNeeded} are needed; ` +
      `there is none for ${missing.join(', ')}`,
  };
}

function evidenceOf(layer: Layer, sources: readonly Source[]): Finding {
  const file = sources.find((source) => overlaps(directories(source.path), layer))?.path ?? '';
  return { rule: 'architecture', file, line: 1, column: 1, message: `has the ${layer.name} layer` };
}
