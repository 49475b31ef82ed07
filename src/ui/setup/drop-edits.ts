import { setupText } from '../english/setup.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { Draft } from './draft.svelte.ts';

const text = setupText.submission;

/** Goes back to the files as they came in, and offers to have the edits again: one press must not cost an hour's work. */
export function dropEdits(draft: Draft, notices: Notices): void {
  const edits = draft.restore();
  notices.say(text.editsUndone, { action: { label: text.bringEditsBack, run: () => draft.change(edits) } });
}
