import type { FileSystem } from '../../fs/types.ts';
import { addonPlaceholder, addonPlaceholders } from '../stand-ins.ts';
import { readTarball, safePath } from '../untar.ts';
import type { Catalogue, PackageVersion } from './catalogue.ts';
import type { TreeNode } from './tree.ts';

const PARALLEL = 8;
const DECLARATION = /\.d\.([\w-]+\.)?[cm]?ts$/;

export interface UnpackOptions {
  /** Absolute path of the folder that holds `node_modules`. */
  readonly folder: string;
  /** Type declarations are written only where something can read them. */
  readonly declarations: boolean;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
  onSubstitution(item: PackageVersion): void;
}

/**
 * Writes packages to their places, several at a time.
 * @throws PackageError, ArchiveError, FsError ENOSPC; an AbortError when the signal fires.
 */
export async function unpack(
  fs: FileSystem,
  catalogue: Catalogue,
  nodes: readonly TreeNode[],
  options: UnpackOptions,
): Promise<void> {
  // Parents first: removing what lay at a place would otherwise remove the packages nested in it.
  const queue = [...nodes].sort((a, b) => a.depth - b.depth);
  for (const node of queue) {
    const folder = `${options.folder}/${node.path}`;
    if (fs.exists(folder)) clear(fs, folder);
    fs.mkdirp(folder);
  }
  let done = 0;
  const worker = async () => {
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      options.signal.throwIfAborted();
      if (node.item !== undefined)
        await unpackOne(fs, catalogue, node.item, `${options.folder}/${node.path}`, options);
      options.onProgress(++done, nodes.length);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** Removes a package's own files and leaves what is nested in it. */
function clear(fs: FileSystem, folder: string): void {
  for (const entry of fs.readdir(folder))
    if (entry.name !== 'node_modules') fs.remove(`${folder}/${entry.name}`);
}

async function unpackOne(
  fs: FileSystem,
  catalogue: Catalogue,
  item: PackageVersion,
  folder: string,
  options: UnpackOptions,
): Promise<void> {
  const files = await readTarball(await catalogue.archive(item));
  const keepTypes = options.declarations;
  const made = new Set<string>();
  for (const { path, data, executable } of files) {
    if (path.endsWith('.node') || (!keepTypes && DECLARATION.test(path))) continue;
    write(fs, `${folder}/${path}`, data, executable ? 0o755 : 0o644, made);
  }
  const placeholders = addonPlaceholders(item.name, item.version);
  for (const path of placeholders) write(fs, `${folder}/${path}`, addonPlaceholder, 0o755, made);
  if (placeholders.length > 0) options.onSubstitution(item);
}

function write(
  fs: FileSystem,
  path: string,
  data: Uint8Array | string,
  mode: number,
  made: Set<string>,
): void {
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (!made.has(directory)) fs.mkdirp(directory);
  made.add(directory);
  fs.writeFile(path, data, mode);
}

/**
 * Links the commands of one package into a `.bin` folder, as npm does: relative symbolic links to executable files.
 * Names and targets that would leave their folders are passed over.
 */
export function linkCommands(
  fs: FileSystem,
  item: PackageVersion,
  packageFolder: string,
  binFolder: string,
): void {
  for (const [command, target] of Object.entries(item.bin)) {
    const name = command.slice(command.lastIndexOf('/') + 1);
    if (!/^[\w.@+~-]+$/.test(name) || name === '.' || name === '..') continue;
    let path: string;
    try {
      path = `${packageFolder}/${safePath(target)}`;
    } catch {
      continue;
    }
    if (!fs.exists(path)) continue;
    fs.chmod(path, 0o755);
    fs.mkdirp(binFolder);
    const link = `${binFolder}/${name}`;
    removeLink(fs, link);
    fs.symlink(relative(binFolder, path), link);
  }
}

/** Links a folder of the project into `node_modules`. @returns false when it was so already. */
export function linkFolder(fs: FileSystem, project: string, node: TreeNode): boolean {
  if (node.link === undefined) return false;
  const link = `${project}/${node.link}`;
  const target = relative(link.slice(0, link.lastIndexOf('/')), `${project}/${node.path}`);
  const parent = link.slice(0, link.lastIndexOf('/'));
  fs.mkdirp(parent);
  const there = fs.readdir(parent).find(({ name }) => name === link.slice(parent.length + 1));
  if (there?.type === 'symlink' && fs.readlink(link) === target) return false;
  if (there?.type === 'symlink') fs.unlink(link);
  else if (there !== undefined) fs.remove(link);
  fs.symlink(target, link);
  return true;
}

export function removeLink(fs: FileSystem, link: string): void {
  const folder = link.slice(0, link.lastIndexOf('/'));
  const name = link.slice(folder.length + 1);
  if (fs.exists(folder) && fs.readdir(folder).some((entry) => entry.name === name)) fs.unlink(link);
}

/** The way from a folder to a path; both absolute. */
function relative(from: string, to: string): string {
  const a = from.split('/');
  const b = to.split('/');
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
}
