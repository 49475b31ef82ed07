import type { Session } from '../session.svelte.ts';

/** Keys that work anywhere on the page, as the help lists them; those of panels are listed by their panels. */
export function pressedAnywhere(event: KeyboardEvent, { route, setup, runs }: Session): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && route.target.view === 'playground') {
    if (setup.blocked !== undefined) return;
    event.preventDefault();
    void runs.start(setup.request());
  }
  if (event.key === '?' && !isWriting(event.target)) {
    event.preventDefault();
    route.go('help');
  }
}

/** True in fields, where a key is a character. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio],[type=checkbox]), textarea, select'))
  );
}
