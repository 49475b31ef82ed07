/** Space in px between a panel and what it belongs to, and between a panel and the edge of the window. */
const gap = 6;
const edge = 12;

/**
 * Puts a panel of the top layer (a popover) below its anchor, or above it where there is more room, inside the window.
 * The panel has to be shown and to have `position: fixed`.
 */
export function placeBeside(panel: HTMLElement, anchor: Element): void {
  const { innerWidth, innerHeight } = window;
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  panel.style.maxHeight = `${Math.max(below, above)}px`;
  const { width, height } = panel.getBoundingClientRect();
  const under = height <= below || below >= above;
  panel.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - width - edge))}px`;
  panel.style.top = `${under ? at.bottom + gap : at.top - gap - height}px`;
}
