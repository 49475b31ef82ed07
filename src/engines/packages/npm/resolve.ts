import type { Catalogue, PackageVersion } from './catalogue.ts';
import { NpmError, UnsupportedError } from './errors.ts';
import { parseSpec } from './spec.ts';
import { accepts, canPlace, edgesOf, isValid, TreeNode, type Edge } from './tree.ts';

const MAX_PACKAGES = 4_000;
/** What compiles add-ons has nothing to do here, and brings some 70 packages with it. */
const BUILD_TOOLS: ReadonlySet<string> = new Set(['node-gyp']);

export interface ResolveOptions {
  /** Replaces the range of a dependency wherever it is asked for (`overrides`, one level). */
  readonly overrides: ReadonlyMap<string, string>;
  /** Peers in conflict are warned of instead of refused. */
  readonly legacyPeers: boolean;
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
      const known = queue.length;
      for (const edge of node.edges) queue.push(...(await this.#satisfy(node, edge)));
      if (queue.length > known) queue.sort(byPlace);
    }
  }

  async #satisfy(node: TreeNode, original: Edge): Promise<TreeNode[]> {
    const override = node === this.#root ? undefined : this.#options.overrides.get(original.name);
    const edge = override === undefined ? original : { ...original, wanted: override };
    const existing = node.resolve(edge.name, edge.kind);
    if (edge.kind === 'peerOptional') return [];
    if (existing !== undefined && isValid(edge, existing)) return [];
    if (edge.kind === 'peer' && existing !== undefined) return this.#peerConflict(node, edge, existing);
    if (node === this.#root) this.#root.children.delete(edge.name);
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
    if (edge.kind === 'optional' && BUILD_TOOLS.has(spec.name)) {
      this.#options.onOmitted(edge, []);
      return undefined;
    }
    if (edge.kind === 'dev') {
      const commands = this.#catalogue.omittable(spec.name, spec.wanted);
      if (commands !== undefined) {
        this.#options.onOmitted(edge, commands);
        return undefined;
      }
    }
    try {
      return await this.#catalogue.pick(spec);
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
    if (place === undefined || this.#options.legacyPeers) return [];
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
    if (direct && (rootAsks || asked.length > 1)) throw unresolvable(this.#root, node, edge, existing);
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

function unresolvable(root: TreeNode, node: TreeNode, edge: Edge, found: TreeNode): NpmError {
  const own = root.edges.find(({ name }) => name === edge.name);
  const asker = root.edges.find(({ name }) => name === node.folder);
  return new NpmError('ERESOLVE', [
    'ERESOLVE unable to resolve dependency tree',
    '',
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
