import * as v from 'valibot';
import { findTask } from '../../../tasks/index.ts';
import { recordFiles, restoreFiles } from '../../domain/files.ts';
import { runRecord, submissionSource } from '../../domain/run.ts';
import { taskId } from '../../domain/task.ts';
import { Draft } from './draft.svelte.ts';
import type { Setup, SetupState } from './setup.svelte.ts';
import { sourceKinds } from './sources.ts';

const key = 'decay.setup';

/** Browsers give a tab about five million characters; the rest is left to others of this origin. */
const mostCharacters = 4_000_000;

const stored = v.object({
  version: v.literal(1),
  taskId,
  kind: v.picklist(sourceKinds),
  pasted: v.string(),
  address: v.string(),
  drafts: v.array(
    v.object({
      kind: v.picklist(sourceKinds),
      /** Of a reference: whose. */
      taskId: v.optional(taskId),
      source: submissionSource,
      notes: v.array(v.string()),
      original: runRecord.entries.files,
      /** Missing when nothing was edited. */
      files: v.optional(runRecord.entries.files),
    }),
  ),
});

/**
 * Has what is set up, edits included, there again after a reload of this tab. What is too large for the browser's
 * storage is asked about before the page is left.
 */
export function keepOverReload(setup: Setup, window: Window): void {
  const before = read(window);
  if (before !== undefined) setup.resume(before);
  let kept = true;
  const keep = (): void => {
    kept = write(window, setup.state);
  };
  window.addEventListener('pagehide', keep);
  window.document.addEventListener('visibilitychange', keep);
  window.addEventListener('beforeunload', (event) => {
    keep();
    if (!kept && setup.state.drafts.some(({ draft }) => draft.edited)) event.preventDefault();
  });
}

function read(window: Window): SetupState | undefined {
  try {
    const text = window.sessionStorage.getItem(key);
    if (text === null) return undefined;
    const parsed = v.safeParse(stored, JSON.parse(text));
    if (!parsed.success || findTask(parsed.output.taskId) === undefined) return undefined;
    const { drafts, taskId, kind, pasted, address } = parsed.output;
    return { taskId, kind, pasted, address, drafts: drafts.map(restored) };
  } catch {
    // Storage that is denied, or holds what nobody can read, is as good as empty.
    return undefined;
  }
}

type StoredDraft = v.InferOutput<typeof stored>['drafts'][number];

function restored({
  kind,
  taskId,
  source,
  notes,
  original,
  files,
}: StoredDraft): SetupState['drafts'][number] {
  const before = restoreFiles(original);
  const draft = new Draft(before, source, notes, files === undefined ? before : restoreFiles(files));
  return { kind, draft, ...(taskId !== undefined && { taskId }) };
}

/** @returns whether there was room */
function write(window: Window, { drafts, ...rest }: SetupState): boolean {
  const text = JSON.stringify({
    version: 1,
    ...rest,
    drafts: drafts.map(({ draft, ...of }): StoredDraft => {
      const { origin, notes, original, files } = draft;
      return {
        ...of,
        source: origin,
        notes: [...notes],
        original: recordFiles(original),
        ...(draft.edited && { files: recordFiles(files) }),
      };
    }),
  });
  try {
    if (text.length > mostCharacters) throw new RangeError('too long');
    window.sessionStorage.setItem(key, text);
    return true;
  } catch {
    // What was kept before is of another state, and worse than nothing.
    forget(window);
    return false;
  }
}

function forget(window: Window): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Denied: then nothing is in it.
  }
}
