import { satisfies } from 'semver';
import type { PackageVersion } from './catalogue.ts';
import { parseSpec } from './spec.ts';

export type EdgeKind = 'prod' | 'dev' | 'optional' | 'peer' | 'peerOptional';

/** What one package asks of another name. */
export interface Edge {
  readonly name: string;
  readonly wanted: string;
  readonly kind: EdgeKind;
}

/** A package at its place: `path` is '' for the project, else `node_modules/a/node_modules/b`. */
export class TreeNode {
  readonly children = new Map<string, TreeNode>();
  /** By name. */
  edges: readonly Edge[];
  /** Who asked for it first, as far as known. */
  asker: TreeNode | undefined;
  /** Where its files are. */
  readonly path: string;
  /** Where a link to its files is put, when they are a folder of the project. */
  readonly link: string | undefined;
  /** 0 for the project. */
  readonly depth: number;

  constructor(
    readonly parent: TreeNode | undefined,
    /** Name of its folder, which an alias can make differ from the package's. */
    readonly folder: string,
    readonly item: PackageVersion | undefined,
    edges: readonly Edge[],
    /** Folder of the project that holds it, for what is linked. */
    location?: string,
  ) {
    this.edges = [...edges].sort((a, b) => a.name.localeCompare(b.name, 'en'));
    const above = parent === undefined || parent.path === '' ? '' : `${parent.path}/`;
    const place = parent === undefined ? '' : `${above}node_modules/${folder}`;
    this.path = location ?? place;
    this.link = location === undefined ? undefined : place;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    parent?.children.set(folder, this);
  }

  /** What `require(name)` finds from here. A package's peers are looked for beside it, not below it. */
  resolve(name: string, kind: EdgeKind = 'prod'): TreeNode | undefined {
    const start = kind.startsWith('peer') && this.parent !== undefined ? this.parent : this;
    for (let node: TreeNode | undefined = start; node !== undefined; node = node.parent) {
      const found = node.children.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** All nodes below, nearest to the root first within each branch. */
  *descendants(): Generator<TreeNode> {
    for (const child of this.children.values()) {
      yield child;
      yield* child.descendants();
    }
  }
}

/** Edges of a package version; what is named twice counts as in npm: optional before required before peer. */
export function edgesOf(item: PackageVersion): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (record: Readonly<Record<string, string>>, kindOf: (name: string) => EdgeKind) => {
    for (const [name, wanted] of Object.entries(record)) {
      edges.set(name, { name, wanted, kind: kindOf(name) });
    }
  };
  add(item.peerDependencies, (name) => (item.optionalPeers.has(name) ? 'peerOptional' : 'peer'));
  add(item.dependencies, () => 'prod');
  add(item.optionalDependencies, () => 'optional');
  return [...edges.values()];
}

/** Whether what lies at a place is what an edge asks for. */
export function isValid(edge: Edge, node: TreeNode | undefined): boolean {
  if (node === undefined) return edge.kind === 'optional' || edge.kind === 'peerOptional';
  if (node.item === undefined) return false;
  return accepts(edge, node.item) || (node.link !== undefined && isDirectory(edge));
}

function isDirectory(edge: Edge): boolean {
  return parseSpec(edge.name, edge.wanted).kind === 'directory';
}

export function accepts(edge: Edge, item: PackageVersion): boolean {
  const spec = parseSpec(edge.name, edge.wanted);
  if (spec.kind === 'tag') return spec.name === item.name;
  return (
    spec.kind === 'range' &&
    spec.name === item.name &&
    (spec.wanted === '*' || satisfies(item.version, spec.wanted, { loose: true }))
  );
}

/** Whether an item may be put below `target` without breaking what already resolves there. */
export function canPlace(target: TreeNode, folder: string, item: PackageVersion): boolean {
  if (target.children.has(folder)) return false;
  const own = target.edges.find(
    ({ name, kind }) => name === folder && !(kind.startsWith('peer') && target.parent),
  );
  if (own !== undefined && !accepts(own, item)) return false;
  for (const node of target.descendants()) {
    const edge = node.edges.find(({ name }) => name === folder);
    if (edge === undefined || accepts(edge, item)) continue;
    const found = node.resolve(folder, edge.kind);
    const shadowed = found === undefined || found.parent === undefined || found.parent.depth < target.depth;
    if (shadowed && isValid(edge, found) && found !== undefined) return false;
  }
  return true;
}
