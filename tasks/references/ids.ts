/**
 * The ids of the tasks that have a reference, sorted: one per folder beside this file. Without the texts, so that the
 * page knows them from the start.
 */
export const referenceIds: readonly string[] = Object.keys(import.meta.glob('./*/run.sh'))
  .map((path) => path.split('/')[1] ?? '')
  .sort();
