/** Space in px between a panel and what it belongs to, and between a panel and the edge of the window. */
const gap = 6;
const edge = 12;

/**
 * Puts a panel of the top layer (a popover) below its anchor, or above it where that has no room, inside the window.
 * The panel has to be shown and to have `position: fixed`.
 */
export function placeBeside(panel: HTMLElement, anchor: Element): void {
  const { innerWidth, innerHeight } = window;
  const at = anchor.getBoundingClientRect();
  panel.style.maxHeight = `${innerHeight - 2 * edge}px`;
  const { width, height } = panel.getBoundingClientRect();
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const lowest = innerHeight - edge - height;
  // What fits nowhere lies over its anchor, at the bottom of the window.
  const top = below <= lowest ? below : above >= edge ? above : Math.max(edge, lowest);
  panel.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - width - edge))}px`;
  panel.style.top = `${Math.max(edge, top)}px`;
}
