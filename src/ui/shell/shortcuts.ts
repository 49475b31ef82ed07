import type { Session } from '../session.svelte.ts';

/** Keys that work anywhere on the page, as the help lists them; those of panels are listed by their panels. */
export function pressedAnywhere(event: KeyboardEvent, session: Session): void {
  if (event.defaultPrevented || event.isComposing || blockedByDialog()) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) startRun(event, session);
  if (event.key === '?' && session.preferences.helpKey && !isWriting(event.target)) {
    event.preventDefault();
    session.route.go('help');
  }
}

/** A dialog that is open has the page behind it out of reach, for keys as well. */
const blockedByDialog = (): boolean => document.querySelector('dialog:modal') !== null;

function startRun(event: KeyboardEvent, { route, setup, runs }: Session): void {
  if (route.target.view !== 'playground') return;
  const { generates } = setup;
  if (generates !== undefined && generates.blocked === undefined) {
    event.preventDefault();
    return generates.start();
  }
  if (setup.blocked !== undefined) return;
  event.preventDefault();
  void runs.start(setup.request());
}

/** True where a key is a character: in fields, and in the editor, which is none of the browser's own. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const fields = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=textbox], .monaco-editor';
  return target.isContentEditable || target.closest(fields) !== null;
}
