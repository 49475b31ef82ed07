/** The editor comes by itself when the page has had nothing to do for this long. Milliseconds. */
const idleMs = 2_500;

/**
 * Calls once: as soon as somebody turns to the element, or when the page has been quiet for a while.
 * @param free false while the machine has better things to do; then only the person counts
 * @returns forgets it
 */
export function whenWanted(element: HTMLElement, free: () => boolean, call: () => void): () => void {
  const signs = ['pointerover', 'focusin', 'touchstart'] as const;
  const now = (): void => {
    forget();
    call();
  };
  const timer = setInterval(() => {
    if (free() && document.visibilityState === 'visible' && element.checkVisibility()) now();
  }, idleMs);
  const forget = (): void => {
    clearInterval(timer);
    for (const sign of signs) element.removeEventListener(sign, now);
  };
  for (const sign of signs) element.addEventListener(sign, now, { passive: true });
  return forget;
}
