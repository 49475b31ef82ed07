import * as v from 'valibot';
import type { FileSystem } from '../../fs/types.ts';
import type { Catalogue, PackageVersion } from './catalogue.ts';
import { isPackageName } from './spec.ts';
import { edgesOf, TreeNode, type Edge } from './tree.ts';

const schema = v.object({
  packages: v.record(
    v.string(),
    v.object({
      name: v.optional(v.string()),
      version: v.optional(v.string()),
      link: v.optional(v.boolean()),
    }),
  ),
});

/** Folders below a project by path, with the version that a lock file puts there. */
export type LockedPackages = ReadonlyMap<string, { name: string; version: string }>;

/**
 * Reads package-lock.json (version 2 or 3) or node_modules/.package-lock.json.
 * @returns undefined when there is none or it cannot be understood, in which case npm resolves anew.
 */
export function readLock(fs: FileSystem, path: string): LockedPackages | undefined {
  if (!fs.exists(path)) return undefined;
  let packages: v.InferOutput<typeof schema>['packages'];
  try {
    packages = v.parse(schema, JSON.parse(fs.readText(path))).packages;
  } catch {
    return undefined;
  }
  const found = new Map<string, { name: string; version: string }>();
  for (const [place, entry] of Object.entries(packages)) {
    const segments = place
      .split('node_modules/')
      .slice(1)
      .map((part) => part.replace(/\/$/, ''));
    const folder = segments.at(-1);
    if (folder === undefined || entry.version === undefined || entry.link === true) continue;
    if (!place.startsWith('node_modules/') || !segments.every(isPackageName)) continue;
    found.set(place, { name: entry.name ?? folder, version: entry.version });
  }
  return found;
}

/** Puts the locked packages at their places, as far as their parents are there. */
export async function plantLocked(
  root: TreeNode,
  locked: LockedPackages,
  catalogue: Catalogue,
): Promise<void> {
  const nodes = new Map<string, TreeNode>([['', root]]);
  const places = [...locked].sort(([a], [b]) => a.split('/').length - b.split('/').length);
  for (const [place, { name, version }] of places) {
    const cut = place.lastIndexOf('node_modules/');
    const parent = nodes.get(place.slice(0, Math.max(0, cut - 1)));
    if (parent === undefined) continue;
    const item = await catalogue.pick({ kind: 'range', name, wanted: version });
    nodes.set(place, new TreeNode(parent, place.slice(cut + 'node_modules/'.length), item, edgesOf(item)));
  }
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
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .flatMap(([path, node]) =>
      node.item === undefined ? [] : [[path, lockEntry(node, node.item, prod, required)] as const],
    );
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

function lockEntry(
  node: TreeNode,
  item: PackageVersion,
  prod: Set<TreeNode>,
  required: Set<TreeNode>,
): object {
  const some = (record: Readonly<Record<string, string>>) =>
    Object.keys(record).length > 0 ? record : undefined;
  return {
    name: node.folder === item.name ? undefined : item.name,
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
