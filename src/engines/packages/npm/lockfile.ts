import * as v from 'valibot';
import type { FileSystem } from '../../fs/types.ts';
import { runsHere, type Catalogue, type PackageVersion } from './catalogue.ts';
import { UnsupportedError } from './errors.ts';
import { buildTools } from '../stand-ins.ts';
import { isPackageName, splitName } from './spec.ts';
import { edgesOf, TreeNode, type Edge } from './tree.ts';

const text = v.optional(v.string());
const flag = v.fallback(v.optional(v.boolean()), undefined);
const list = v.fallback(v.optional(v.array(v.string())), undefined);
const entry = v.object({
  name: text,
  version: text,
  integrity: text,
  link: flag,
  dev: flag,
  optional: flag,
  devOptional: flag,
  os: list,
  cpu: list,
});
type Entry = v.InferOutput<typeof entry>;
const schema = v.object({ packages: v.record(v.string(), entry) });

/** Version 1 nests what lies below a package. */
const oldSchema = v.object({ dependencies: v.record(v.string(), v.unknown()) });
const oldEntry = v.object({ ...entry.entries, dependencies: v.optional(v.record(v.string(), v.unknown())) });
const MAX_DEPTH = 100;

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Only development or an optional dependency needs it. */
  readonly dispensable: boolean;
  /** Only development needs it. */
  readonly dev: boolean;
}

/** Folders below a project by path, with the version that a lock file puts there. */
export type LockedPackages = ReadonlyMap<string, LockedPackage>;

export interface Lock {
  readonly packages: LockedPackages;
  /** Names of packages for other platforms, which are left out. */
  readonly otherPlatforms: ReadonlySet<string>;
}

/**
 * Reads package-lock.json (version 1, 2 or 3) or node_modules/.package-lock.json.
 * @returns undefined when there is none or it cannot be understood, in which case npm resolves anew.
 */
export function readLock(fs: FileSystem, path: string): Lock | undefined {
  if (!fs.exists(path)) return undefined;
  let entries: [string, Entry][];
  try {
    const document: unknown = JSON.parse(fs.readText(path));
    const current = v.safeParse(schema, document);
    entries = current.success
      ? Object.entries(current.output.packages)
      : flatten(v.parse(oldSchema, document).dependencies, '', 0);
  } catch {
    return undefined;
  }
  const packages = new Map<string, LockedPackage>();
  const otherPlatforms = new Set<string>();
  for (const [place, item] of entries) {
    const segments = place
      .split('node_modules/')
      .slice(1)
      .map((part) => part.replace(/\/$/, ''));
    const folder = segments.at(-1);
    if (folder === undefined || item.version === undefined || item.link === true) continue;
    const above = place.slice(0, place.indexOf('node_modules/'));
    if (!isInside(above) || !segments.every(isPackageName)) continue;
    const name = item.name ?? aliased(item.version)?.name ?? folder;
    if (runsHere(item)) {
      const dev = item.dev === true;
      const dispensable = dev || item.optional === true || item.devOptional === true;
      packages.set(place, { name, version: aliased(item.version)?.spec ?? item.version, dispensable, dev });
    } else {
      otherPlatforms.add(name);
    }
  }
  return { packages, otherPlatforms };
}

/** Whether a path that ends in `/`, or is empty, stays inside the project. */
const isInside = (path: string) =>
  path === '' ||
  path
    .slice(0, -1)
    .split('/')
    .every((part) => /^[\w.@~-]+$/.test(part) && !/^\.{1,2}$/.test(part));

/** Version 1 writes an alias as `npm:name@version`. */
const aliased = (version: string) => (version.startsWith('npm:') ? splitName(version.slice(4)) : undefined);

/** The entries of version 1 by path. @throws when it is no such lock. */
function flatten(
  dependencies: Readonly<Record<string, unknown>>,
  above: string,
  depth: number,
): [string, Entry][] {
  if (depth > MAX_DEPTH) throw new Error('the lock nests too deeply');
  return Object.entries(dependencies).flatMap(([name, value]): [string, Entry][] => {
    const { dependencies: below, ...item } = v.parse(oldEntry, value);
    const place = `${above}node_modules/${name}`;
    return [[place, item], ...(below === undefined ? [] : flatten(below, `${place}/`, depth + 1))];
  });
}

/**
 * Puts the locked packages at their places, as far as their parents are there; links are there already. What only development or an optional
 * dependency needs and nobody can get here is passed over.
 * A version that only the registry has is passed over too: what asks for it gets another that it accepts.
 * @returns names of development packages, and places of others, that were passed over.
 */
export async function plantLocked(
  root: TreeNode,
  locked: LockedPackages,
  catalogue: Catalogue,
): Promise<{ dev: Set<string>; others: Map<string, LockedPackage> }> {
  const dev = new Set<string>();
  const others = new Map<string, LockedPackage>();
  const nodes = new Map<string, TreeNode>([['', root]]);
  for (const node of root.children.values()) if (node.link !== undefined) nodes.set(node.path, node);
  const places = [...locked].sort(([a], [b]) => a.split('/').length - b.split('/').length);
  for (const [place, item] of places) {
    const cut = place.lastIndexOf('node_modules/');
    const parent = nodes.get(place.slice(0, Math.max(0, cut - 1)));
    if (parent === undefined || (item.dispensable && buildTools.has(item.name))) continue;
    try {
      const found = await catalogue.pick({ kind: 'range', name: item.name, wanted: item.version });
      nodes.set(
        place,
        new TreeNode(parent, place.slice(cut + 'node_modules/'.length), found, edgesOf(found)),
      );
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      if (item.dev) dev.add(item.name);
      else if (!item.dispensable) others.set(place, item);
    }
  }
  return { dev, others };
}

/** Nodes that the project reaches, by the way it reaches them: what only development needs, and what is optional. */
export function reachable(root: TreeNode, follow: (edge: Edge, from: TreeNode) => boolean): Set<TreeNode> {
  const reached = new Set<TreeNode>();
  const queue = [root];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of node.edges) {
      const found = follow(edge, node) ? node.resolve(edge.name, edge.kind) : undefined;
      if (found === undefined || reached.has(found)) continue;
      reached.add(found);
      queue.push(found);
    }
  }
  return reached;
}

/** The text of a lock file of version 3. The addresses of tarballs are left out, as npm can. */
export function lockText(root: TreeNode, project: Record<string, unknown>, hidden: boolean): string {
  const prod = reachable(root, (edge) => edge.kind !== 'dev');
  const required = reachable(root, (edge) => edge.kind !== 'optional');
  const nodes = [...root.descendants()].map((node): [string, TreeNode] => [node.path, node]);
  const packages = nodes
    .flatMap(([path, node]): [string, object][] => {
      if (node.item === undefined) return [];
      const entry: [string, object] = [path, lockEntry(node, node.item, prod, required)];
      return node.link === undefined ? [entry] : [entry, [node.link, { resolved: path, link: true }]];
    })
    .sort(([a], [b]) => a.localeCompare(b, 'en'));
  const head = { name: project['name'], version: project['version'] };
  return `${JSON.stringify(
    {
      ...head,
      lockfileVersion: 3,
      requires: true,
      packages: { ...(hidden ? {} : { '': project }), ...Object.fromEntries(packages) },
    },
    undefined,
    2,
  )}\n`;
}

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function lockEntry(
  node: TreeNode,
  item: PackageVersion,
  prod: Set<TreeNode>,
  required: Set<TreeNode>,
): object {
  const some = (record: Readonly<Record<string, string>>) =>
    Object.keys(record).length > 0 ? record : undefined;
  return {
    name: (node.link === undefined ? node.folder : lastPart(node.path)) === item.name ? undefined : item.name,
    version: item.version,
    resolved: item.tarball,
    integrity: item.integrity,
    dev: prod.has(node) ? undefined : true,
    optional: required.has(node) ? undefined : true,
    deprecated: item.deprecated,
    dependencies: some(item.dependencies),
    optionalDependencies: some(item.optionalDependencies),
    bin: some(item.bin),
    engines: item.node === undefined ? undefined : { node: item.node },
    peerDependencies: some(item.peerDependencies),
    peerDependenciesMeta:
      item.optionalPeers.size === 0
        ? undefined
        : Object.fromEntries([...item.optionalPeers].map((name) => [name, { optional: true }])),
  };
}
