import type { FileMap } from '../../engines/engine.ts';
import { findTask } from '../../../tasks/index.ts';
import { loadReference, references } from '../../../tasks/references/index.ts';

/** Submissions that sender and receiver both have, so that a link need not hold their text. */
export interface ReferenceLibrary {
  /** Ids of the tasks that have one. */
  readonly ids: readonly string[];
  /** The text files of a reference by path. Rejects for an id that is not in `ids`. */
  load(id: string): Promise<ReadonlyMap<string, string>>;
  /** Ids to look at for a submission, the likeliest first: those of its languages. */
  near(files: FileMap, taskId: string): readonly string[];
}

/** What the files are written in, by their names; the task's language when they do not say. */
function languagesOf(files: FileMap, taskId: string): ReadonlySet<string | undefined> {
  const paths = Object.keys(files);
  const found = new Set<string | undefined>();
  if (paths.some((path) => path.endsWith('.py'))) found.add('python');
  if (paths.some((path) => /\.[cm]?[jt]s$/.test(path))) found.add('node');
  return found.size > 0 ? found : new Set([findTask(taskId)?.language]);
}

/** The reference submissions of this build. Their files are fetched when they are asked for. */
export const builtInReferences: ReferenceLibrary = {
  ids: references.map(({ taskId }) => taskId),
  async load(id) {
    const files = await loadReference(id);
    return new Map(
      Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  },
  near(files, taskId) {
    const languages = languagesOf(files, taskId);
    const framework = findTask(taskId)?.framework;
    const closeness = (id: string): number =>
      id === taskId ? 0 : findTask(id)?.framework === framework ? 1 : 2;
    return this.ids
      .filter((id) => languages.has(findTask(id)?.language))
      .sort((one, other) => closeness(one) - closeness(other));
  },
};
