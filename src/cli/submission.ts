import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { limits } from '../domain/limits.ts';
import type { RunRecord } from '../domain/run.ts';
import type { FileMap } from '../engines/engine.ts';
import {
  fromPatch,
  fromSources,
  fromZip,
  skippedPart,
  SubmissionError,
  type FileSource,
} from '../share/submission.ts';
import { UsageError } from './exit-codes.ts';

export interface LoadedSubmission {
  files: FileMap;
  source: RunRecord['source'];
  /** What was left out or changed on the way in. */
  notes: string[];
}

/** The files of a folder, without what tools make and without symbolic links. */
async function* walk(root: string, prefix = ''): AsyncGenerator<FileSource | { link: string }> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isSymbolicLink()) yield { link: path };
    else if (entry.isDirectory()) {
      // Not even listed: node_modules alone may hold a hundred thousand files.
      if (skippedPart(`${path}/x`) === undefined) yield* walk(root, path);
    } else if (entry.isFile()) {
      const file = join(root, path);
      yield {
        path,
        size: (await stat(file)).size,
        read: async () => new Uint8Array(await readFile(file)),
      };
    }
  }
}

async function loadFolder(path: string): Promise<{ files: FileMap; notes: string[] }> {
  const sources: FileSource[] = [];
  const links: string[] = [];
  for await (const found of walk(path)) {
    if ('link' in found) links.push(found.link);
    else sources.push(found);
    if (sources.length > limits.submissionFiles) break;
  }
  const { files, notes } = await fromSources(sources);
  const left =
    links.length === 0
      ? []
      : [`Left out symbolic links: ${links.slice(0, 5).join(', ')}${links.length > 5 ? ', …' : ''}.`];
  return { files, notes: [...notes, ...left] };
}

async function readArchive(path: string, size: number): Promise<Uint8Array> {
  if (size > limits.archiveBytes) {
    throw new UsageError(
      `${path} is larger than ${limits.archiveBytes / 2 ** 20} MB. Leave out what is not part of the server.`,
    );
  }
  return new Uint8Array(await readFile(path));
}

/**
 * Loads a submission from a folder, a zip or a patch; which of the latter is seen from the first bytes.
 * @throws UsageError when there is nothing of the kind, with what to do
 */
export async function loadSubmission(path: string): Promise<LoadedSubmission> {
  const target = await stat(path).catch(() => undefined);
  if (target === undefined) throw new UsageError(`There is no file or folder ${path}.`);
  const label = basename(resolve(path));
  try {
    if (target.isDirectory()) return { ...(await loadFolder(path)), source: { kind: 'folder', label } };
    const bytes = await readArchive(path, target.size);
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    if (isZip || path.toLowerCase().endsWith('.zip')) {
      return { ...fromZip(bytes), source: { kind: 'archive', label } };
    }
    return { ...fromPatch(new TextDecoder().decode(bytes)), source: { kind: 'patch', label } };
  } catch (error) {
    if (error instanceof SubmissionError) throw new UsageError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
