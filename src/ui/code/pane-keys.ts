import type { SideView } from './code-view.svelte.ts';

/** What a key asks of the code side as a whole; Cmd counts as Ctrl. */
export function paneKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): 'run' | 'next' | 'previous' | SideView | undefined {
  if (event.key === 'F8') return event.shiftKey ? 'previous' : 'next';
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  if (event.key === 'Enter') return event.shiftKey ? undefined : 'run';
  if (!event.shiftKey) return undefined;
  const key = event.key.toLowerCase();
  return key === 'f' ? 'search' : key === 'e' ? 'files' : undefined;
}
