import { S, type FileSystem } from '../../fs/types.ts';
import type { PackageVersion } from './catalogue.ts';
import { NpmError, UnsupportedError } from './errors.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { edgesOf, TreeNode } from './tree.ts';

const MAX_WORKSPACES = 200;

/** A package in a folder of the disk: linked, not copied. */
export interface LocalPackage {
  readonly item: PackageVersion;
  /** Relative to the project, without a leading `./`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Reads what a `file:` dependency names.
 * @param path - relative to the project's folder, or absolute.
 * @throws NpmError ENOENT; UnsupportedError for tarballs and folders outside the project.
 */
export function readLocal(fs: FileSystem, project: string, path: string): LocalPackage {
  const absolute = normalize(path.startsWith('/') ? path : `${project}/${path}`);
  if (!absolute.startsWith(`${project}/`)) {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `npm: ${path} lies outside the project, from where packages cannot be installed here`,
    });
  }
  if (fs.exists(absolute) && !isFolder(fs, absolute)) {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `npm: ${path} is a packed package; only folders and registry packages can be installed here`,
    });
  }
  const manifest = readManifest(fs, absolute);
  const folder = absolute.slice(project.length + 1);
  const name = manifest.name ?? folder.slice(folder.lastIndexOf('/') + 1);
  const bin =
    typeof manifest.bin === 'string'
      ? { [name.split('/').pop() ?? name]: manifest.bin }
      : (manifest.bin ?? {});
  const optional = manifest.optionalDependencies ?? {};
  const required = Object.entries(manifest.dependencies ?? {}).filter(
    ([key]) => !Object.hasOwn(optional, key),
  );
  return {
    folder,
    manifest,
    item: {
      name,
      version: manifest.version ?? '0.0.0',
      dependencies: Object.fromEntries(required),
      optionalDependencies: optional,
      peerDependencies: manifest.peerDependencies ?? {},
      optionalPeers: new Set(),
      bin,
      node: undefined,
      deprecated: undefined,
      integrity: undefined,
      tarball: undefined,
      funding: false,
      installScript: false,
      otherPlatform: false,
    },
  };
}

/** Puts a linked package into the tree; what only its development needs is installed too. */
export function linkedNode(root: TreeNode, name: string, { item, folder, manifest }: LocalPackage): TreeNode {
  const own = edgesOf(item);
  const known = new Set(own.map((edge) => edge.name));
  const dev = Object.entries(manifest.devDependencies ?? {}).flatMap(([key, wanted]) =>
    known.has(key) ? [] : [{ name: key, wanted, kind: 'dev' as const }],
  );
  return new TreeNode(root, name, item, [...own, ...dev], folder);
}

/**
 * A project's workspaces, in the order of its patterns: a path, or one ending in `/*`.
 * @throws NpmError EDUPLICATEWORKSPACE; UnsupportedError for other patterns.
 */
export function workspacesOf(fs: FileSystem, project: string, { workspaces }: Manifest): LocalPackage[] {
  const patterns = workspaces ?? [];
  const found = new Map<string, LocalPackage>();
  for (const pattern of patterns) {
    for (const folder of foldersOf(fs, project, pattern.replace(/^\.\//, '').replace(/\/$/, ''))) {
      if (!fs.exists(`${project}/${folder}/package.json`)) continue;
      const local = readLocal(fs, project, folder);
      const twin = found.get(local.item.name);
      if (twin !== undefined && twin.folder !== folder) {
        throw new NpmError('EDUPLICATEWORKSPACE', [
          'must not have multiple workspaces with the same name',
          `package '${local.item.name}' has conflicts in the following paths:`,
          `    ${project}/${twin.folder}`,
          `    ${project}/${folder}`,
        ]);
      }
      found.set(local.item.name, local);
      if (found.size > MAX_WORKSPACES)
        throw new UnsupportedError({
          reason: 'resource',
          detail: 'npm: the project has too many workspaces',
        });
    }
  }
  return [...found.values()];
}

function foldersOf(fs: FileSystem, project: string, pattern: string): string[] {
  if (!/[*?[{!]/.test(pattern)) return [pattern];
  const parent = /^([^*?[{!]*)\/\*$/.exec(pattern)?.[1] ?? (pattern === '*' ? '' : undefined);
  if (parent === undefined) {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `npm: the workspaces pattern ${pattern} cannot be read here; only paths and FOLDER/* can`,
    });
  }
  const path = parent === '' ? project : `${project}/${parent}`;
  if (!fs.exists(path)) return [];
  return fs
    .readdir(path)
    .map(({ name }) => name)
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'))
    .filter((name) => isFolder(fs, `${path}/${name}`))
    .sort()
    .map((name) => (parent === '' ? name : `${parent}/${name}`));
}

const isFolder = (fs: FileSystem, path: string) => (fs.stat(path).mode & S.IFMT) === S.IFDIR;

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
