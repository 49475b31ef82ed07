import type { FileMap } from '../../src/engines/engine.ts';
import { loadFolder } from '../files.ts';
import { referenceIds } from './ids.ts';

/** A submission of our own that passes its task; says so wherever it is shown. */
export interface Reference {
  readonly taskId: string;
  /** For people and for the run record's source. */
  readonly label: string;
}

/** Without what running one in place leaves behind. */
const texts = import.meta.glob<string>(
  ['./*/**/*', '!**/node_modules/**', '!**/dist/**', '!**/__pycache__/**', '!**/*.db', '!**/package-lock.json'],
  { query: '?raw', import: 'default' },
);

/** One per folder beside this file, by task id. */
export const references: readonly Reference[] = referenceIds.map((taskId) => ({
  taskId,
  label: `reference ${taskId} (written by hand)`,
}));

/**
 * The files of the reference submission of a task.
 * @throws RangeError when the task has none; `references` lists those that do.
 */
export async function loadReference(taskId: string): Promise<FileMap> {
  const files = await loadFolder(texts, taskId);
  if (files === undefined) {
    throw new RangeError(
      `no reference submission for task ${taskId}; there is one for ${referenceIds.join(', ')}`,
    );
  }
  return files;
}
