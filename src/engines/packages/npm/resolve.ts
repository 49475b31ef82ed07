import type { Catalogue, PackageVersion } from './catalogue.ts';
import { NpmError, UnsupportedError } from './errors.ts';
import { buildTools, isNativeNpm } from '../stand-ins.ts';
import { linkedNode, type LocalPackage } from './local.ts';
import type { Manifest } from './manifest.ts';
import type { Overrides } from './overrides.ts';
import { parseSpec } from './spec.ts';
import { accepts, canPlace, edgesOf, isValid, TreeNode, type Edge } from './tree.ts';

const MAX_PACKAGES = 4_000;

export interface ResolveOptions {
  /** Name and version of the project, for messages. */
  readonly project: Pick<Manifest, 'name' | 'version'>;
  readonly overrides: Overrides;
  /** Names that the lock says are for other platforms. */
  readonly otherPlatforms: ReadonlySet<string>;
  /** Development dependencies that only the registry has, known from the lock: they are left out. */
  readonly lockedOnly: ReadonlySet<string>;
  /** Reads a package in a folder of the project. */
  local(path: string): LocalPackage;
  /** Peers are neither brought nor checked. */
  readonly legacyPeers: boolean;
  /** Peers in conflict are warned of instead of refused. */
  readonly force: boolean;
  /** A development tool that is known but not stored, or a tool that compiles add-ons, was left out. */
  onOmitted(edge: Edge, commands: readonly string[]): void;
  warn(line: string): void;
  onProgress(packages: number): void;
}

/**
 * Completes a tree as npm's Arborist does: nodes nearest to the root first, their edges by name, each package as high
 * up as nothing speaks against. What is there already and fits stays.
 * @throws NpmError E404, ETARGET, ERESOLVE; UnsupportedError.
 */
export class Resolver {
  readonly #catalogue: Catalogue;
  readonly #options: ResolveOptions;
  readonly #root: TreeNode;
  readonly #overridden = new WeakSet<TreeNode>();
  #placed = 0;

  constructor(root: TreeNode, catalogue: Catalogue, options: ResolveOptions) {
    this.#root = root;
    this.#catalogue = catalogue;
    this.#options = options;
  }

  async complete(): Promise<void> {
    const queue: TreeNode[] = [this.#root, ...this.#root.descendants()].sort(byPlace);
    const seen = new Set<TreeNode>();
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (seen.has(node) || !isAttached(node)) continue;
      seen.add(node);
      this.#override(node);
      const known = queue.length;
      for (const edge of node.edges) queue.push(...(await this.#satisfy(node, edge)));
      if (queue.length > known) queue.sort(byPlace);
    }
  }

  #override(node: TreeNode): void {
    if (this.#overridden.has(node)) return;
    this.#overridden.add(node);
    node.edges = node.edges.map((edge) => this.#options.overrides.apply(node, edge));
  }

  async #satisfy(node: TreeNode, edge: Edge): Promise<TreeNode[]> {
    const existing = node.resolve(edge.name, edge.kind);
    if (edge.kind === 'peerOptional') return [];
    if (edge.kind === 'peer' && this.#options.legacyPeers) return [];
    if (existing !== undefined && isValid(edge, existing)) {
      if (existing !== node) existing.asker ??= node;
      return [];
    }
    if (edge.kind === 'peer' && existing !== undefined) return this.#peerConflict(node, edge, existing);
    if (node === this.#root) this.#root.children.delete(edge.name);
    const spec = parseSpec(edge.name, edge.wanted);
    if (spec.kind === 'directory') {
      const base = node.link === undefined || spec.path.startsWith('/') ? '' : `${node.path}/`;
      return [linkedNode(this.#root, edge.name, this.#options.local(base + spec.path))];
    }
    const item = await this.#pick(edge, node);
    return item === undefined ? [] : this.#place(node, edge, item);
  }

  async #pick(edge: Edge, node: TreeNode): Promise<PackageVersion | undefined> {
    const spec = parseSpec(edge.name, edge.wanted);
    if (spec.kind === 'directory' || spec.kind === 'elsewhere') {
      const what = spec.kind === 'directory' ? `a folder (${spec.path})` : spec.what;
      throw new UnsupportedError({
        reason: 'engine',
        detail: `npm: ${edge.name} is to come from ${what}, which cannot be installed here; only registry packages can`,
      });
    }
    if (edge.kind === 'optional' && buildTools.has(spec.name)) {
      this.#options.onOmitted(edge, []);
      return undefined;
    }
    if (this.#catalogue.isForOtherPlatform(spec.name) || this.#options.otherPlatforms.has(spec.name)) {
      if (edge.kind === 'optional') return undefined;
      throw otherPlatform(`${spec.name}@${spec.wanted}`);
    }
    if (edge.kind === 'dev') {
      const commands =
        this.#catalogue.omittable(spec.name, spec.wanted) ??
        (this.#options.lockedOnly.has(spec.name) ? [] : undefined);
      if (commands !== undefined) {
        this.#options.onOmitted(edge, commands);
        return undefined;
      }
    }
    if (isNativeNpm(spec.name) && !this.#catalogue.stores(spec.name)) {
      if (edge.kind === 'optional') return undefined;
      throw new UnsupportedError({
        reason: 'engine',
        detail: `npm: ${spec.name} is compiled code, for which there is no stand-in here`,
      });
    }
    try {
      const item = await this.#catalogue.pick(spec);
      if (!item.otherPlatform) return item;
      if (edge.kind === 'optional') return undefined;
      throw otherPlatform(`${item.name}@${item.version}`);
    } catch (error) {
      if (edge.kind === 'optional' && (error instanceof NpmError || error instanceof UnsupportedError))
        return undefined;
      if (error instanceof NpmError && error.code === 'ETARGET' && node.item !== undefined) {
        throw new NpmError('ETARGET', [
          ...error.lines,
          `notarget It was specified as a dependency of '${node.item.name}'`,
        ]);
      }
      throw error;
    }
  }

  /** Puts a package at the highest place it may have, then the peers that come with it. */
  async #place(node: TreeNode, edge: Edge, item: PackageVersion): Promise<TreeNode[]> {
    const lowest = edge.kind === 'peer' && node.parent !== undefined ? node.parent : node;
    let target = lowest;
    for (let place: TreeNode | undefined = lowest; place !== undefined; place = place.parent) {
      if (!canPlace(place, edge.name, item)) break;
      target = place;
    }
    if (++this.#placed > MAX_PACKAGES) {
      throw new UnsupportedError({
        reason: 'resource',
        detail: `npm: the dependencies come to more than ${MAX_PACKAGES} packages`,
      });
    }
    this.#options.onProgress(this.#placed);
    const placed = new TreeNode(target, edge.name, item, edgesOf(item));
    placed.asker = node;
    this.#override(placed);
    const peers = [];
    for (const one of placed.edges)
      if (one.kind === 'peer') peers.push(...(await this.#satisfy(placed, one)));
    return [placed, ...peers];
  }

  /**
   * A peer finds a version that it does not accept. Where another version serves everyone, that one is taken; where
   * the project's own dependencies contradict each other, npm refuses; deeper down it warns and goes on.
   */
  async #peerConflict(node: TreeNode, edge: Edge, existing: TreeNode): Promise<TreeNode[]> {
    const place = existing.parent;
    const direct = node.parent === this.#root;
    if (place === undefined) return [];
    const asked = [node, ...place.descendants(), place].flatMap((user) =>
      user.edges.filter(({ name }) => name === edge.name && user.resolve(name) === existing),
    );
    const spec = parseSpec(edge.name, edge.wanted);
    if (spec.kind === 'range') {
      const other = await this.#catalogue.pick(spec);
      if (asked.every((one) => accepts(one, other))) {
        place.children.delete(edge.name);
        return [new TreeNode(place, edge.name, other, edgesOf(other))];
      }
    }
    const rootAsks = this.#root.edges.some(({ name }) => name === edge.name);
    if (direct && (rootAsks || asked.length > 1))
      throw unresolvable(this.#options.project, this.#root, node, edge, existing);
    this.#options.warn(
      `ERESOLVE overriding peer dependency ${edge.name}@"${edge.wanted}" of ${describe(node)}`,
    );
    return [];
  }
}

const collator = new Intl.Collator('en');
const byPlace = (a: TreeNode, b: TreeNode) => a.depth - b.depth || collator.compare(a.path, b.path);

const isAttached = (node: TreeNode): boolean =>
  node.parent === undefined || (node.parent.children.get(node.folder) === node && isAttached(node.parent));

const describe = (node: TreeNode) =>
  node.item === undefined ? 'the project' : `${node.item.name}@${node.item.version}`;

function otherPlatform(what: string): NpmError {
  return new NpmError('EBADPLATFORM', [
    `notsup Unsupported platform for ${what}: it is not for {"os":"linux","cpu":"x64"}`,
    'notsup Actual os: linux',
    'notsup Actual cpu: x64',
  ]);
}

/**
 * npm's refusal. It meets the conflict while it looks for the peers of the project's own packages when the one with
 * the peer comes first by name, else when it places them.
 */
function unresolvable(
  project: Pick<Manifest, 'name' | 'version'>,
  root: TreeNode,
  node: TreeNode,
  edge: Edge,
  found: TreeNode,
): NpmError {
  const own = root.edges.find(({ name }) => name === edge.name);
  const asker = root.edges.find(({ name }) => name === node.folder);
  const rootFirst = node.folder.localeCompare(found.folder, 'en') < 0;
  const { name = '', version = '' } = project;
  return new NpmError('ERESOLVE', [
    rootFirst ? 'ERESOLVE unable to resolve dependency tree' : 'ERESOLVE could not resolve',
    '',
    `While resolving: ${rootFirst && name !== '' ? `${name}@${version}` : describe(node)}`,
    `Found: ${describe(found)}`,
    found.path,
    ...(own === undefined
      ? []
      : [`  ${own.kind === 'dev' ? 'dev ' : ''}${own.name}@"${own.wanted}" from the root project`]),
    '',
    'Could not resolve dependency:',
    `peer ${edge.name}@"${edge.wanted}" from ${describe(node)}`,
    node.path,
    ...(asker === undefined ? [] : [`  ${asker.name}@"${asker.wanted}" from the root project`]),
    '',
    'Fix the upstream dependency conflict, or retry',
    'this command with --force or --legacy-peer-deps',
    'to accept an incorrect (and potentially broken) dependency resolution.',
  ]);
}
