import { limits } from '../../domain/limits.ts';
import { skippedPart, type FileSource } from '../../share/submission.ts';
import { setupText } from '../english/setup.ts';
import type { Import, Setup } from './setup.svelte.ts';

/** Reads what a person drops or chooses. Nothing is read here but names and sizes. */

const source = (path: string, file: File): FileSource => ({
  path,
  size: file.size,
  read: async () => new Uint8Array(await file.arrayBuffer()),
});

/** A zip file or a patch by its name; undefined for anything else. @throws Error for what cannot be read here */
function single(file: File): Import | undefined {
  if (/\.decay\.json(\.gz)?$/i.test(file.name)) throw new Error(setupText.import.runFile(file.name));
  if (/\.(tar|t?gz|tbz2?|txz|bz2|xz|zst|7z|rar)$/i.test(file.name)) {
    throw new Error(setupText.import.otherArchive(file.name));
  }
  const read = source(file.name, file).read;
  if (/\.zip$/i.test(file.name)) return { kind: 'archive', name: file.name, size: file.size, read };
  if (/\.(patch|diff)$/i.test(file.name)) return { kind: 'patch', name: file.name, size: file.size, read };
  return undefined;
}

/** Files of `<input type="file">`, with or without `webkitdirectory`. */
export function fromFileList(files: readonly File[]): Import {
  const [first] = files;
  if (first === undefined) throw new Error(setupText.import.nothingChosen);
  const only = files.length === 1 && first.webkitRelativePath === '' ? single(first) : undefined;
  if (only !== undefined) return only;
  const name = first.webkitRelativePath.split('/')[0] || namesOf(files.map((file) => file.name));
  return {
    kind: 'folder',
    name,
    sources: files.map((file) => source(file.webkitRelativePath || file.name, file)),
  };
}

/** Things that were dropped: a zip, a patch, a folder, or several of them as one folder. */
export async function fromDrop(items: Iterable<DataTransferItem>): Promise<Import> {
  // Entries must be taken before the first wait: the browser empties the list after the event.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const [first] = entries;
  if (first === undefined) throw new Error(setupText.import.nothing);
  if (entries.length === 1 && first.isFile) {
    const only = single(await fileOf(first as FileSystemFileEntry));
    if (only !== undefined) return only;
  }
  const sources: FileSource[] = [];
  for (const entry of entries) await walk(entry, sources);
  return { kind: 'folder', name: namesOf(entries.map((entry) => entry.name)), sources };
}

const namesOf = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more`;

async function walk(entry: FileSystemEntry, into: FileSource[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    into.push(source(path, await fileOf(entry as FileSystemFileEntry)));
    return;
  }
  // A folder that is left out anyway is not walked; `x` stands for any file in it.
  if (skippedPart(`${path}/x`) !== undefined || into.length > limits.submissionFiles) return;
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await walk(child, into);
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** `readEntries` gives at most 100 at a time, and an empty list at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Takes in what was chosen or dropped; whatever goes wrong becomes the message of the import. */
export async function takeIn(setup: Setup, choose: () => Import | Promise<Import>): Promise<void> {
  try {
    await setup.import(await choose());
  } catch (error) {
    setup.refuse(error instanceof Error ? error.message : String(error));
  }
}
