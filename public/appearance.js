// Runs before the page is drawn, so that a chosen theme does not flash in the other one first.
// The app reads and writes the same entry in src/ui/shell/preferences.svelte.ts.
try {
  const { theme, size } = JSON.parse(localStorage.getItem('decay.preferences') ?? '{}');
  const { dataset } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  if (size === 'large') dataset.size = size;
} catch {
  // Storage is denied or the entry is damaged: the system's theme is used.
}
