import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import { cleanPath, quotePath, refuseDuplicates } from '../../share/paths.ts';
import { SubmissionError } from '../../share/submission-error.ts';
import type { Draft } from '../setup/draft.svelte.ts';

/** Contents by path; undefined takes a file away. */
export type Changes = Record<string, string | Uint8Array | undefined>;

/** The files at a path: itself, or those below it when it is a folder. */
export function filesAt(files: FileMap, path: string): readonly string[] {
  return Object.keys(files).filter((other) => other === path || other.startsWith(`${path}/`));
}

/**
 * Writes a new, empty file.
 * @returns its path in the one form
 * @throws SubmissionError when the name cannot be used
 */
export function createFile(draft: Draft, path: string): string {
  const clean = cleanPath(path.trim());
  refuseTaken(draft.files, [], [clean]);
  draft.change({ [clean]: '' });
  return clean;
}

/**
 * Gives a file or a folder another path.
 * @returns old and new paths of the files that moved
 * @throws SubmissionError when the name cannot be used
 */
export function renamePath(draft: Draft, from: string, to: string): readonly (readonly [string, string])[] {
  const clean = cleanPath(to.trim());
  if (clean === from) return [];
  const moved = filesAt(draft.files, from).map(
    (path) => [path, cleanPath(clean + path.slice(from.length))] as const,
  );
  refuseTaken(
    draft.files,
    moved.map(([path]) => path),
    moved.map(([, path]) => path),
  );
  const changes: Changes = {};
  for (const [path] of moved) changes[path] = undefined;
  for (const [path, target] of moved) changes[target] = draft.files[path];
  draft.change(changes);
  return moved;
}

/** Takes a file or a folder away. Returns what puts it back. */
export function deletePath(draft: Draft, path: string): Changes {
  const gone = filesAt(draft.files, path);
  const undo: Changes = Object.fromEntries(gone.map((name) => [name, draft.files[name]]));
  draft.change(Object.fromEntries(gone.map((name) => [name, undefined])));
  return undo;
}

/**
 * Puts files into a folder; what has the same path is replaced.
 * @param folder path, or empty for the top
 * @returns what takes them away again
 * @throws SubmissionError when a name cannot be used or there is too much
 */
export function addFiles(draft: Draft, folder: string, files: FileMap): Changes {
  const added = Object.entries(files).map(
    ([path, content]) => [cleanPath(folder === '' ? path : `${folder}/${path}`), content] as const,
  );
  const paths = added.map(([path]) => path);
  refuseTaken(draft.files, paths, paths);
  const undo: Changes = Object.fromEntries(paths.map((path) => [path, draft.files[path]]));
  draft.change(Object.fromEntries(added));
  return undo;
}

function refuseTaken(files: FileMap, gone: readonly string[], added: readonly string[]): void {
  const without = new Set(gone);
  const paths = [...Object.keys(files).filter((path) => !without.has(path)), ...added];
  if (paths.length > limits.submissionFiles) {
    throw new SubmissionError(
      'too-many',
      `A submission has ${limits.submissionFiles.toLocaleString('en')} files at most.`,
    );
  }
  for (const path of added) {
    if (paths.some((other) => other.startsWith(`${path}/`)))
      throw new SubmissionError('duplicate', `${quotePath(path)} is a folder already. Choose another name.`);
  }
  refuseDuplicates(paths);
}
