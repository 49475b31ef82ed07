import type { ProgramContext } from '../../shell/program.ts';
import { Catalogue, type PackageVersion } from './catalogue.ts';
import { warnOfEngines } from './engines.ts';
import { checkFrozen, lockMissing } from './frozen.ts';
import { linkedNode, readLocal, workspacesOf } from './local.ts';
import { lockText, plantLocked, reachable, readLock, type LockedPackages } from './lockfile.ts';
import type { Manifest } from './manifest.ts';
import { Overrides } from './overrides.ts';
import { Resolver } from './resolve.ts';
import { parseSpec } from './spec.ts';
import { TreeNode, type Edge, type EdgeKind } from './tree.ts';
import { linkCommands, linkFolder, removeLink, unpack } from './unpack.ts';

export interface InstallOptions {
  /** Absolute path of the project. */
  readonly folder: string;
  readonly omitDev: boolean;
  readonly omitOptional: boolean;
  readonly legacyPeers: boolean;
  readonly force?: boolean;
  /** Use exactly what package-lock.json says (`npm ci`). */
  readonly frozen: boolean;
  readonly writeLock: boolean;
  /** Where commands are linked; default: `node_modules/.bin`. */
  readonly binFolder?: string;
}

export interface InstallResult {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** How many of the installed packages ask for money. */
  readonly funding: number;
  readonly root: TreeNode;
}

/**
 * Brings `node_modules` of a project to what its manifest asks for: reads the lock, resolves the rest, unpacks what is
 * new, removes what is no longer wanted, links commands, and writes the lock files.
 * @throws NpmError, UnsupportedError, PackageError.
 */
export async function install(
  context: ProgramContext,
  manifest: Manifest,
  options: InstallOptions,
): Promise<InstallResult> {
  const { fs } = context;
  const catalogue = await Catalogue.open(context.packages);
  const modules = `${options.folder}/node_modules`;
  const hidden = `${modules}/.package-lock.json`;
  const root = new TreeNode(undefined, '', undefined, projectEdges(manifest));
  const omitted: { edge: Edge; commands: readonly string[] }[] = [];

  const lock = readLock(fs, `${options.folder}/package-lock.json`);
  if (options.frozen) {
    if (lock === undefined) throw lockMissing();
    if (fs.exists(modules)) fs.remove(modules);
  }
  const empty: LockedPackages = new Map();
  const installed = options.frozen ? empty : (readLock(fs, hidden)?.packages ?? empty);
  const overrides = new Overrides(manifest);
  for (const local of workspacesOf(fs, options.folder, manifest)) {
    linkedNode(root, local.item.name, local);
    const edge: Edge = { name: local.item.name, wanted: `file:${local.folder}`, kind: 'prod' };
    root.edges = [...root.edges.filter(({ name }) => name !== edge.name), edge];
  }
  for (const { name, wanted } of root.edges) {
    const spec = parseSpec(name, wanted);
    if (spec.kind === 'directory' && !root.children.has(name))
      linkedNode(root, name, readLocal(fs, options.folder, spec.path));
  }
  const passedOver = await plantLocked(root, lock?.packages ?? installed, catalogue);
  await new Resolver(root, catalogue, {
    project: manifest,
    overrides,
    otherPlatforms: lock?.otherPlatforms ?? new Set(),
    lockedOnly: passedOver.dev,
    local: (path) => readLocal(fs, options.folder, path),
    legacyPeers: options.legacyPeers,
    force: options.force === true,
    onOmitted: (edge, commands) => omitted.push({ edge, commands }),
    warn: (line) => context.write('stderr', `npm warn ${line}\n`),
    onProgress: (done) => context.progress({ label: 'npm: choosing versions', done }),
  }).complete();
  if (options.frozen && lock !== undefined) checkFrozen(root, lock.packages, passedOver.others);
  for (const { name, version } of passedOver.others.values()) {
    context.substitution({
      package: name,
      kind: 'version',
      detail: `The lock file has ${name} ${version}, which is not stored; a version that its users accept was taken instead.`,
    });
  }

  const wanted = reachable(
    root,
    ({ kind }) => !(options.omitDev && kind === 'dev') && !(options.omitOptional && kind === 'optional'),
  );
  const linked = [...root.descendants()].filter((node) => node.link !== undefined);
  const nodes = [...root.descendants()].filter((node) => wanted.has(node) && node.link === undefined);
  const declarations = nodes.some(({ item }) => item?.name === 'typescript');
  const before = new Map([...installed].filter(([path]) => fs.exists(`${options.folder}/${path}`)));
  const hadTypes = [...before.values()].some(({ name }) => name === 'typescript');
  const isThere = (node: TreeNode) => {
    const old = before.get(node.path);
    return old?.name === node.item?.name && old?.version === node.item?.version;
  };
  const fresh = nodes.filter((node) => !isThere(node));
  const write = declarations && !hadTypes ? nodes : fresh;
  const keep = new Set(nodes.map(({ path }) => path));
  const gone = [...before.keys()].filter((path) => !keep.has(path));
  for (const path of gone) {
    // A package nested in one that has gone has gone with it.
    if (fs.exists(`${options.folder}/${path}`)) fs.remove(`${options.folder}/${path}`);
  }

  warnOfEngines(context, manifest, fresh);
  for (const { item } of fresh) {
    if (item?.deprecated !== undefined) {
      context.write(
        'stderr',
        `npm warn deprecated ${item.name}@${item.version}: ${item.deprecated.slice(0, 500)}\n`,
      );
    }
  }
  await unpack(fs, catalogue, write, {
    folder: options.folder,
    declarations,
    signal: context.signal,
    onProgress: (done, total) => context.progress({ label: 'npm: unpacking packages', done, total }),
    onSubstitution: (item) => context.substitution(substituted(item)),
  });
  const links = linked.filter((node) => linkFolder(fs, options.folder, node)).length;
  for (const node of [...nodes, ...linked]) {
    if (node.item === undefined) continue;
    const binFolder = node.parent === root ? options.binFolder : undefined;
    const parent = `${options.folder}/${node.parent?.path ?? ''}`.replace(/\/$/, '');
    linkCommands(fs, node.item, `${options.folder}/${node.path}`, binFolder ?? `${parent}/node_modules/.bin`);
  }
  for (const { edge, commands } of omitted.filter(
    ({ edge: { kind } }) => !(options.omitDev && kind === 'dev'),
  ))
    noteOmitted(context, modules, edge, commands);

  fs.mkdirp(modules);
  const project = projectEntry(manifest);
  prune(root, wanted, options);
  fs.writeFile(hidden, lockText(root, project, true));
  if (options.writeLock) fs.writeFile(`${options.folder}/package-lock.json`, lockText(root, project, false));
  const replaced = fresh.filter(({ path }) => before.has(path)).length;
  const funding = nodes.filter(({ item }) => item?.funding === true).length;
  return { added: fresh.length - replaced + links, removed: gone.length, changed: replaced, funding, root };
}

/** What nobody asks for any more leaves the tree; what was only omitted stays in the lock. */
function prune(root: TreeNode, wanted: ReadonlySet<TreeNode>, options: InstallOptions): void {
  if (options.omitDev || options.omitOptional) return;
  for (const node of [...root.descendants()])
    if (!wanted.has(node)) node.parent?.children.delete(node.folder);
}

function projectEdges(manifest: Manifest): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (record: Record<string, string> | undefined, kind: EdgeKind) => {
    for (const [name, wanted] of Object.entries(record ?? {})) edges.set(name, { name, wanted, kind });
  };
  add(manifest.peerDependencies, 'peer');
  add(manifest.devDependencies, 'dev');
  add(manifest.dependencies, 'prod');
  add(manifest.optionalDependencies, 'optional');
  return [...edges.values()];
}

function projectEntry(manifest: Manifest): Record<string, unknown> {
  const { name, version, workspaces } = manifest;
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return { name, version, workspaces, dependencies, devDependencies, optionalDependencies, peerDependencies };
}

function substituted(item: PackageVersion) {
  return {
    package: item.name,
    kind: 'core' as const,
    detail: `${item.name} ${item.version} keeps its JavaScript; its compiled add-on is replaced by a core of the engine's own.`,
  };
}

/** A tool that is left out still has its commands: calling one says that it is not there, and unscores the run. */
function noteOmitted(
  context: ProgramContext,
  modules: string,
  edge: Edge,
  commands: readonly string[],
): void {
  context.substitution({
    package: edge.name,
    kind: 'omitted',
    detail:
      edge.kind === 'dev'
        ? `The development dependency ${edge.name}@${edge.wanted} is not stored and was left out; a server does not need it.`
        : `${edge.name}@${edge.wanted} compiles add-ons, which are replaced here, and was left out.`,
  });
  for (const command of commands) {
    const link = `${modules}/.bin/${command}`;
    context.fs.mkdirp(`${modules}/.bin`);
    removeLink(context.fs, link);
    context.fs.writeFile(link, `#!/bin/sh\nexec npm ${OMITTED_COMMAND} ${command}\n`, 0o755);
  }
}

/** npm's own word for "this command was left out", behind the stand-ins of omitted tools. */
export const OMITTED_COMMAND = 'left-out';
