import * as v from 'valibot';
import type { FileSystem } from '../../fs/types.ts';
import { NpmError } from './errors.ts';

const text = v.pipe(v.string(), v.maxLength(4_096));
const ranges = v.fallback(v.optional(v.record(text, text)), undefined);
const bin = v.union([v.string(), v.record(text, v.string())]);

/** The parts of a package.json that an install reads. Fields of a wrong kind count as absent, as they do in npm. */
const schema = v.object({
  name: v.fallback(v.optional(text), undefined),
  version: v.fallback(v.optional(text), undefined),
  scripts: v.fallback(v.optional(v.record(text, v.string())), undefined),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  overrides: v.fallback(v.optional(v.record(text, v.unknown())), undefined),
  bin: v.fallback(v.optional(bin), undefined),
  engines: v.fallback(v.optional(v.object({ node: v.fallback(v.optional(text), undefined) })), undefined),
  workspaces: v.fallback(
    v.optional(
      v.union([
        v.array(text),
        v.pipe(
          v.object({ packages: v.array(text) }),
          v.transform(({ packages }) => packages),
        ),
      ]),
    ),
    undefined,
  ),
});
export type Manifest = v.InferOutput<typeof schema>;

/** @throws NpmError ENOENT, EJSONPARSE in npm's words. */
export function readManifest(fs: FileSystem, folder: string): Manifest {
  const path = `${folder}/package.json`;
  if (!fs.exists(path)) {
    throw new NpmError('ENOENT', [
      'syscall open',
      `path ${path}`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    ]);
  }
  let value: unknown;
  try {
    value = JSON.parse(fs.readText(path).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new NpmError('EJSONPARSE', [
      `path ${path}`,
      `JSON.parse ${error instanceof Error ? error.message : String(error)}`,
      'JSON.parse Failed to parse JSON data.',
      'JSON.parse Note: package.json must be actual JSON, not just JavaScript.',
    ]);
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new NpmError('EJSONPARSE', [`path ${path}`, 'JSON.parse package.json must hold an object.']);
}

export type DependencyField = 'dependencies' | 'devDependencies' | 'optionalDependencies';

/**
 * Adds to and takes from one of the lists of dependencies, leaving the rest of the file and its indentation as they
 * are. A package stands in one list only.
 */
export function saveDependencies(
  fs: FileSystem,
  folder: string,
  field: DependencyField,
  added: Readonly<Record<string, string>>,
  removed: readonly string[] = [],
): void {
  const path = `${folder}/package.json`;
  const source = fs.exists(path) ? fs.readText(path) : '{}';
  const manifest = v.parse(v.record(v.string(), v.unknown()), JSON.parse(source.replace(/^\uFEFF/, '')));
  for (const each of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    const before = v.parse(v.fallback(v.record(v.string(), v.string()), {}), manifest[each]);
    const merged = Object.entries({ ...before, ...(each === field ? added : {}) }).filter(([name]) => {
      return each === field ? !removed.includes(name) : !Object.hasOwn(added, name);
    });
    if (merged.length === 0) Reflect.deleteProperty(manifest, each);
    else manifest[each] = Object.fromEntries(merged.sort(([a], [b]) => a.localeCompare(b, 'en')));
  }
  const { indent, newline } = layoutOf(source);
  fs.writeFile(path, JSON.stringify(manifest, undefined, indent).replaceAll('\n', newline || '\n') + newline);
}

/** Indentation and line ends as npm takes them from the start of a file: none when it begins on one line. */
function layoutOf(source: string): { indent: string; newline: string } {
  if (/^\uFEFF?(\{\}|\[\])\s*$/.test(source)) return { indent: '  ', newline: '\n' };
  const start = /^\uFEFF?[ \t]*[{[](\r?\n)+([ \t]+)/.exec(source);
  return { indent: start?.[2] ?? '', newline: start?.[1] ?? '' };
}
